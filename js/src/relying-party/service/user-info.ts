import { type BoundedFetchOptions, boundedFetch, outage } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import type { Environment } from "../../launch/environments.js";
import { secureUrl } from "../../secure-url.js";
import { checkAccessToken } from "../option-checks.js";
import { problem } from "../problem.js";
import { type BasicItems, basicItemScopes, readBasicItems } from "./basic-items.js";
import { readJsonAnswer } from "./json-answer.js";

/** Options of {@link fetchUserInfo}. */
export interface UserInfoOptions extends BoundedFetchOptions {
  readonly environment: Pick<Environment, "userinfoEndpoint">;
  readonly accessToken: string;
  /** `sub` of the verified ID token. The response must have the same `sub`. */
  readonly sub: string;
  /** Items of other scopes are ignored. Default: all four. */
  readonly grantedScopes?: readonly string[] | undefined;
}

/** The `sub` of the user, and the basic items that were granted. */
export interface UserInfo extends BasicItems {
  readonly sub: string;
}

const name = "The userinfo endpoint";

/**
 * Fetches the basic items (OpenID Connect Core 1.0 §5.3).
 *
 * @throws HonninError `subject-mismatch` if the response has another `sub`, `user-info-refused` if the access token is
 *   not accepted, `endpoint-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`, `response-malformed`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { fetchUserInfo } from "honnin/relying-party";
 *
 * // `sub` is that of the verified ID token.
 * export async function nameOf(accessToken: string, sub: string): Promise<string | undefined> {
 *   const { name } = await fetchUserInfo({ environment: environments.sandbox, accessToken, sub });
 *   return name;
 * }
 * ```
 */
export async function fetchUserInfo(options: UserInfoOptions): Promise<UserInfo> {
  const {
    environment,
    accessToken,
    sub,
    grantedScopes = basicItemScopes,
    timeout,
    maxBytes,
    fetch,
  } = options;
  if (typeof sub !== "string" || sub === "") {
    throw new HonninError("options-invalid", "sub must be the sub of the verified ID token.");
  }
  checkAccessToken(accessToken);
  const response = await boundedFetch(
    {
      url: secureUrl(environment.userinfoEndpoint, "userinfoEndpoint"),
      name,
      headers: { authorization: `Bearer ${accessToken}` },
    },
    { timeout, maxBytes, fetch },
  );
  if (response.status !== 200) {
    throw (
      outage(response, name) ?? (await problem("user-info-refused", ["user-info", name, response.status]))
    );
  }
  const answer = readJsonAnswer(response, name);
  if (typeof answer.sub !== "string") throw await problem("response-malformed", ["no-sub"]);
  if (answer.sub !== sub) throw await problem("subject-mismatch", ["other-sub"]);
  return { sub, ...readBasicItems(answer, grantedScopes) };
}
