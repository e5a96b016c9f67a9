import {
  type BoundedFetchOptions,
  type BoundedResponse,
  boundedFetch,
  outage,
  parseJsonObject,
  unavailable,
} from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import type { Environment } from "../../launch/environments.js";
import { asciiLowerCase, mediaTypeOf } from "../../protocol-text.js";
import { secureUrl } from "../../secure-url.js";
import type { Now } from "../../time.js";
import { checkClientId, clientAssertion, clientAssertionType } from "./client-assertion.js";
import type { ClientOptions } from "./client-key.js";

/** What every call to the token endpoint needs. */
export interface TokenRequestOptions extends ClientOptions, BoundedFetchOptions {
  readonly environment: Pick<Environment, "tokenEndpoint">;
  /** `aud` of the client assertion: the token endpoint's URL, which is the default, or the issuer. */
  readonly clientAssertionAudience?: string | undefined;
  /** A `Date`, seconds since 1970, or a function that is called once, for the client assertion. Default: the clock. */
  readonly now?: Now | undefined;
}

/** What the token endpoint gave (RFC 6749 §5.1). All of it is secret: none of it belongs in a log. */
export interface Tokens {
  /** Opaque to the client. */
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** Seconds, as the endpoint says; missing if it says nothing that is a number of them. */
  readonly expiresIn?: number;
  /** Not verified yet: hand it to `verifyIdToken`. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  /** What was granted of what was asked for; without a word from the endpoint, all of it (RFC 6749 §3.3). */
  readonly grantedScopes: readonly string[];
}

const name = "The token endpoint";

/**
 * Sends a grant with a fresh client assertion and reads the answer.
 *
 * @param asked the scopes that were asked for, granted if the answer does not say otherwise; `undefined` if that is not known
 * @throws HonninError `token-request-refused` (the message names the error code of RFC 6749 §5.2), `authorization-code-spent`
 *   (`invalid_grant` to a code), `endpoint-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`,
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
  if (response.status !== 200) throw refusal(response, grant.grant_type);
  return readTokens(readJsonAnswer(response, name), asked);
}

/** @throws HonninError `response-malformed` unless the answer says that it is JSON, and is an object */
export function readJsonAnswer(response: BoundedResponse, endpoint: string): Record<string, unknown> {
  if (mediaTypeOf(response.headers) !== "application/json") {
    throw new HonninError(
      "response-malformed",
      `${endpoint} answered with status ${response.status} and a content type that is not application/json.`,
    );
  }
  return parseJsonObject(response.text, endpoint);
}

/** Error codes that stand for the statuses 503 and 500, by their names in RFC 6749 §4.1.2.1. */
const laterCodes: readonly unknown[] = ["temporarily_unavailable", "server_error"];

function refusal(response: BoundedResponse, grantType: string | undefined): HonninError {
  const later = outage(response, name);
  if (later !== undefined) return later;
  const { error } = readJsonAnswer(response, name);
  // Nothing but the code: error_description may hold anything.
  if (typeof error !== "string") return malformed(`has status ${response.status} but no error code`);
  const code = /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  if (laterCodes.includes(error)) return unavailable(name, code);
  if (error === "invalid_grant" && grantType === "authorization_code") {
    return new HonninError(
      "authorization-code-spent",
      `${name} does not take the code any more (invalid_grant): it was handed in before, or has lapsed. ` +
        "If no login works, it is registered for another redirect URI or client.",
    );
  }
  return new HonninError("token-request-refused", `${name} refused the request: ${code}.`);
}

function malformed(what: string): HonninError {
  return new HonninError("response-malformed", `The token endpoint's answer ${what}.`);
}

function readTokens(answer: Record<string, unknown>, asked: readonly string[] | undefined): Tokens {
  const { token_type: tokenType, expires_in: expiresIn } = answer;
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = answer;
  if (!isText(accessToken)) throw malformed("has no access_token");
  // Header characters only (RFC 6750 §2.1), since it goes into one.
  if (!/^[\x21-\x7e]+$/.test(accessToken))
    throw malformed("has an access_token with characters that no token has");
  // Required (RFC 6749 §5.1): a token of another type is not to be used as a Bearer token (§7.1).
  if (typeof tokenType !== "string" || asciiLowerCase(tokenType) !== "bearer") {
    throw malformed("has no token_type, or another one than Bearer");
  }
  const seconds = readDuration(expiresIn);
  const granted = readScope(answer.scope);
  return {
    accessToken,
    tokenType: "Bearer",
    ...(seconds === undefined ? {} : { expiresIn: seconds }),
    ...(isText(idToken) ? { idToken } : {}),
    ...(isText(refreshToken) ? { refreshToken } : {}),
    grantedScopes: grantedOf(granted, asked),
  };
}

/** Some servers write it as a text. Nothing here depends on it, so that what is no number of seconds is as good as missing. */
function readDuration(value: unknown): number | undefined {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  // Finite: JSON may write a number that a double cannot hold.
  return typeof seconds === "number" && seconds >= 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** RFC 6749 §3.3; some servers write a list. */
function readScope(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list: unknown = typeof value === "string" ? value.split(" ") : value;
  const isList = Array.isArray(list) && list.every((word) => typeof word === "string");
  if (!isList || list.join(" ").length > 4_096)
    throw malformed("has a scope that is not a text of moderate length");
  return [...new Set<string>(list)].filter((word) => word !== "");
}

/** What nobody asked for is not granted to this client's knowledge, whatever the server adds. */
function grantedOf(granted: readonly string[] | undefined, asked: readonly string[] | undefined): string[] {
  if (granted === undefined) return [...(asked ?? [])];
  return asked === undefined ? [...granted] : granted.filter((scope) => asked.includes(scope));
}

/** A token is a non-empty text. */
function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
