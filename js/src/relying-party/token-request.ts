import {
  type BoundedFetchOptions,
  type BoundedResponse,
  boundedFetch,
  parseJsonObject,
} from "../bounded-fetch.js";
import { HonninError } from "../error.js";
import type { Environment } from "../launch/environments.js";
import { asciiLowerCase, mediaTypeOf } from "../protocol-text.js";
import { secureUrl } from "../secure-url.js";
import { checkClientId, clientAssertion, clientAssertionType } from "./client-assertion.js";
import type { ClientOptions } from "./client-key.js";

/** What every call to the token endpoint needs. */
export interface TokenRequestOptions extends ClientOptions, BoundedFetchOptions {
  readonly environment: Pick<Environment, "tokenEndpoint">;
  /** Seconds since 1970, for the client assertion. Default: the clock. */
  readonly now?: number | undefined;
}

/** What the token endpoint gave (RFC 6749 §5.1). All of it is secret: none of it belongs in a log. */
export interface Tokens {
  /** Opaque to the client. */
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** Seconds, as the endpoint says. */
  readonly expiresIn?: number;
  /** Not verified yet: hand it to `verifyIdToken`. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  /** What was granted; without a word from the endpoint, what was asked for (RFC 6749 §3.3). */
  readonly grantedScopes: readonly string[];
}

const name = "The token endpoint";

/**
 * Sends a grant with a fresh client assertion and reads the answer.
 *
 * @param asked the scopes that were asked for, granted if the answer does not say otherwise
 * @throws HonninError `token-request-refused` (the message names the error code of RFC 6749 §5.2), `endpoint-unreachable`,
 *   `endpoint-timeout`, `response-too-large`, `response-malformed`, `client-key-invalid`, `options-invalid`
 */
export async function requestTokens(
  options: TokenRequestOptions,
  grant: Readonly<Record<string, string>>,
  asked: readonly string[],
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
          audience: environment.tokenEndpoint,
          lifetime: 300,
        }),
      }),
    },
    { timeout, maxBytes, fetch },
  );
  if (response.status !== 200) throw refusal(response);
  return readTokens(readJsonAnswer(response, name), asked);
}

/** @throws HonninError `response-malformed` unless the answer says that it is JSON, and is an object */
export function readJsonAnswer(response: BoundedResponse, endpoint: string): Record<string, unknown> {
  if (mediaTypeOf(response.headers) !== "application/json") {
    throw new HonninError(
      "response-malformed",
      `${endpoint} answered with a content type that is not application/json.`,
    );
  }
  return parseJsonObject(response.text, endpoint);
}

/** @returns an error for a status that says "later" rather than "no"; otherwise `undefined` */
export function outage({ status }: BoundedResponse, endpoint: string): HonninError | undefined {
  if (status < 500 && status !== 408 && status !== 429) return undefined;
  return new HonninError(
    "endpoint-unreachable",
    `${endpoint} answered with status ${status}. Try again later.`,
  );
}

function refusal(response: BoundedResponse): HonninError {
  const later = outage(response, name);
  if (later !== undefined) return later;
  const { error } = readJsonAnswer(response, name);
  // Nothing but the code: error_description may hold anything.
  if (typeof error !== "string") return malformed(`has status ${response.status} but no error code`);
  const code = /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  return new HonninError("token-request-refused", `${name} refused the request: ${code}.`);
}

function malformed(what: string): HonninError {
  return new HonninError("response-malformed", `The token endpoint's answer ${what}.`);
}

function readTokens(answer: Record<string, unknown>, asked: readonly string[]): Tokens {
  const { token_type: tokenType, expires_in: expiresIn, scope } = answer;
  const accessToken = token(answer, "access_token");
  const idToken = token(answer, "id_token");
  const refreshToken = token(answer, "refresh_token");
  if (accessToken === undefined) throw malformed("has no access_token");
  // Header characters only (RFC 6750 §2.1), since it goes into one.
  if (!/^[\x21-\x7e]+$/.test(accessToken))
    throw malformed("has an access_token with characters that no token has");
  if (typeof tokenType !== "string" || asciiLowerCase(tokenType) !== "bearer") {
    throw malformed("has a token_type other than Bearer");
  }
  if (expiresIn !== undefined && expiresIn !== null && !isDuration(expiresIn)) {
    throw malformed("has an expires_in that is no number of seconds");
  }
  if (scope !== undefined && scope !== null && (typeof scope !== "string" || scope.length > 4_096)) {
    throw malformed("has a scope that is not a text of moderate length");
  }
  return {
    accessToken,
    tokenType: "Bearer",
    ...(typeof expiresIn === "number" ? { expiresIn } : {}),
    ...(idToken === undefined ? {} : { idToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    grantedScopes: typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : [...asked],
  };
}

/** Finite: JSON may write a number that a double cannot hold. */
function isDuration(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

/** A token is a non-empty text; `null` counts as missing. */
function token(answer: Record<string, unknown>, member: string): string | undefined {
  const value = answer[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw malformed(`has a ${member} that is not a text`);
  return value;
}
