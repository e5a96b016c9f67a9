import { type BoundedFetchOptions, boundedFetch } from "../../bounded-fetch.js";
import type { HonninError } from "../../error.js";
import type { Environment } from "../../launch/environments.js";
import { asciiLowerCase } from "../../protocol-text.js";
import { secureUrl } from "../../secure-url.js";
import type { Now } from "../../time.js";
import { problem } from "../problem.js";
import { checkClientId, clientAssertion, clientAssertionType } from "./client-assertion.js";
import type { ClientOptions } from "./client-key.js";
import { readJsonAnswer } from "./json-answer.js";
import { tokenRefusal } from "./token-refusal.js";

/** Options of every call to the token endpoint. */
export interface TokenRequestOptions extends ClientOptions, BoundedFetchOptions {
  readonly environment: Pick<Environment, "tokenEndpoint">;
  /** `aud` of the client assertion: the URL of the token endpoint (default), or the issuer. */
  readonly clientAssertionAudience?: string | undefined;
  /** The current time, for the client assertion: a `Date`, Unix time in seconds, or a function that returns one of these and is called once. Default: the clock. */
  readonly now?: Now | undefined;
}

/** The response of the token endpoint (RFC 6749 §5.1). All of it is secret: do not log it. */
export interface Tokens {
  /** Opaque to the client. */
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** The lifetime of the access token in seconds; missing if the response has no valid `expires_in`. */
  readonly expiresIn?: number;
  /** Not verified yet: pass it to `verifyIdToken`. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  /** The requested scopes that were granted; all of them if the response has no `scope` (RFC 6749 §3.3). */
  readonly grantedScopes: readonly string[];
}

const name = "The token endpoint";

/**
 * Sends a grant with a new client assertion and reads the response.
 *
 * @param asked the requested scopes, which are granted unless the response has a `scope`; `undefined` if unknown
 * @throws HonninError `token-request-refused` (the message names the error code of RFC 6749 §5.2), `authorization-code-spent`
 *   (`invalid_grant` for a code), `endpoint-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`,
 *   `response-malformed`, `client-key-invalid`, `options-invalid`
 */
export async function requestTokens(
  options: TokenRequestOptions,
  grant: Readonly<Record<string, string>>,
  asked: readonly string[] | undefined,
): Promise<Tokens> {
  const { clientId, environment, timeout, maxBytes, fetch } = options;
  checkClientId(clientId);
  const url = secureUrl(environment.tokenEndpoint, "tokenEndpoint");
  const response = await boundedFetch(
    {
      url,
      name,
      method: "POST",
      body: new URLSearchParams({
        ...grant,
        client_id: clientId,
        client_assertion_type: clientAssertionType,
        client_assertion: await clientAssertion({
          ...options,
          audience: options.clientAssertionAudience ?? environment.tokenEndpoint,
          lifetime: 300,
        }),
      }),
    },
    { timeout, maxBytes, fetch },
  );
  if (response.status !== 200) throw await tokenRefusal(response, name, grant.grant_type);
  return readTokens(readJsonAnswer(response, name), asked);
}

function malformed(what: "no-access-token" | "access-token" | "token-type" | "scope"): Promise<HonninError> {
  return problem("response-malformed", [what]);
}

async function readTokens(
  answer: Record<string, unknown>,
  asked: readonly string[] | undefined,
): Promise<Tokens> {
  const { token_type: tokenType, expires_in: expiresIn } = answer;
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = answer;
  if (!isText(accessToken)) throw await malformed("no-access-token");
  // Header characters only (RFC 6750 §2.1), because it is sent in a header.
  if (!/^[\x21-\x7e]+$/.test(accessToken)) throw await malformed("access-token");
  // Required (RFC 6749 §5.1): a token of another type must not be used as a Bearer token (§7.1).
  if (typeof tokenType !== "string" || asciiLowerCase(tokenType) !== "bearer") {
    throw await malformed("token-type");
  }
  const seconds = readDuration(expiresIn);
  const granted = await readScope(answer.scope);
  return {
    accessToken,
    tokenType: "Bearer",
    ...(seconds === undefined ? {} : { expiresIn: seconds }),
    ...(isText(idToken) ? { idToken } : {}),
    ...(isText(refreshToken) ? { refreshToken } : {}),
    grantedScopes: grantedOf(granted, asked),
  };
}

/** Some servers send a string. Nothing depends on the value, so an invalid one counts as missing. */
function readDuration(value: unknown): number | undefined {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  // Finite: JSON can contain a number that a double cannot represent.
  return typeof seconds === "number" && seconds >= 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** RFC 6749 §3.3. Some servers send an array. */
async function readScope(value: unknown): Promise<readonly string[] | undefined> {
  if (value === undefined || value === null) return undefined;
  const list: unknown = typeof value === "string" ? value.split(" ") : value;
  const isList = Array.isArray(list) && list.every((word) => typeof word === "string");
  if (!isList || list.join(" ").length > 4_096) throw await malformed("scope");
  return [...new Set<string>(list)].filter((word) => word !== "");
}

/** Scopes that were not requested do not count as granted, even if the server adds them. */
function grantedOf(granted: readonly string[] | undefined, asked: readonly string[] | undefined): string[] {
  if (granted === undefined) return [...(asked ?? [])];
  return asked === undefined ? [...granted] : granted.filter((scope) => asked.includes(scope));
}

/** Whether the value is a non-empty string. */
function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
