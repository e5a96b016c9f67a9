import { HonninError } from "../error.js";
import { checkResponse } from "./check-response.js";
import { malformed, responseProblem } from "./response-problem.js";

/** The values that the response must match. */
export interface AuthorizationResponseExpectation {
  /** The state of the authorization request of this browser. */
  readonly state: string;
  /** The environment's issuer. */
  readonly issuer: string;
  /** Whether `iss` is required (RFC 9207 §2.4). Default false, because it is not confirmed that the service sends it. */
  readonly requireIss?: boolean | undefined;
}

/**
 * Reads the authorization response at the redirect URI (RFC 6749 §4.1.2, OpenID Connect Core 1.0 §3.1.2.5, RFC 9207).
 *
 * `state` is compared before any other parameter is read, so a page of another site can neither cause an error
 * page nor use a code. `session_state` and unknown parameters are ignored. `iss` may be missing unless `requireIss` is true.
 *
 * @param callback the complete URL, path and query, the query, or the parameters
 * @returns the code. Exchange it immediately: it is valid for about a minute, and only once
 * @throws HonninError `authorization-response-malformed`, `state-mismatch`, `issuer-mismatch`,
 *   `login-denied` (`access_denied`: the user cancelled, or could not go on, for example because of a locked PIN),
 *   `authorization-unavailable` (try again later), `authorization-lapsed` (start again),
 *   `authorization-refused` (any other error; the message names it), `options-invalid` (state or issuer is missing)
 *
 * @example
 * ```ts
 * import { environments, readAuthorizationResponse } from "honnin/launch";
 *
 * const { code } = readAuthorizationResponse("/auth/callback?state=sn0w&code=once", {
 *   state: "sn0w", // as stored with the request
 *   issuer: environments.sandbox.issuer,
 * });
 * console.log(code);
 * ```
 */
export function readAuthorizationResponse(
  callback: URL | URLSearchParams | string,
  expected: AuthorizationResponseExpectation,
): { code: string } {
  for (const name of ["state", "issuer"] as const) {
    if (typeof expected?.[name] !== "string" || expected[name] === "") {
      throw new HonninError(
        "options-invalid",
        `${name} is missing. The authorization response is checked against it.`,
      );
    }
  }
  const code = checkResponse(queryOf(callback), expected);
  if (typeof code !== "string") throw new HonninError(...responseProblem(code));
  return { code };
}

function queryOf(callback: URL | URLSearchParams | string): string {
  if (callback instanceof URL) return callback.search;
  if (callback instanceof URLSearchParams) return callback.toString();
  if (typeof callback !== "string") throw new HonninError(...malformed("it is not a URL"));
  const withoutFragment = callback.split("#", 1)[0] ?? "";
  // A URL with a scheme, or a path as in Node's `request.url`. Everything else is a query.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(withoutFragment)) {
    const start = withoutFragment.indexOf("?");
    return start < 0 ? "" : withoutFragment.slice(start);
  }
  return withoutFragment;
}
