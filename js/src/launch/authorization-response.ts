import { HonninError } from "../error.js";

/** The values that the response must match. */
export interface AuthorizationResponseExpectation {
  /** The state of the authorization request of this browser. */
  readonly state: string;
  /** The environment's issuer. */
  readonly issuer: string;
  /** Whether `iss` is required (RFC 9207 §2.4). Default false, because it is not confirmed that the service sends it. */
  readonly requireIss?: boolean | undefined;
}

const maxLength = 16_384;

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
  const parameters = readParameters(callback);

  if (!equalInConstantTime(parameters.get("state") ?? "", expected.state)) {
    throw new HonninError(
      "state-mismatch",
      "state does not match the request: the response belongs to another login or another browser. Start again.",
    );
  }
  const issuer = parameters.get("iss");
  if (issuer === undefined ? expected.requireIss === true : issuer !== expected.issuer) {
    throw new HonninError(
      "issuer-mismatch",
      `iss of the authorization response is ${issuer === undefined ? "missing" : "not the environment's issuer"}.`,
    );
  }
  for (const name of ["response", "id_token", "access_token"]) {
    if (parameters.has(name)) throw malformed(`${name} is not allowed in the response of a code flow`);
  }

  const error = parameters.get("error");
  const code = parameters.get("code");
  if (error !== undefined) {
    if (code !== undefined) throw malformed("both code and error are present");
    throw refusal(error, parameters.get("error_description"));
  }
  if (code === undefined) throw malformed("neither code nor error is present");
  if (!/^[\x20-\x7e]{1,2048}$/.test(code))
    throw malformed("code is not 1 to 2048 printable ASCII characters");
  return { code };
}

function malformed(what: string): HonninError {
  return new HonninError(
    "authorization-response-malformed",
    `The authorization response is malformed: ${what}.`,
  );
}

/** Errors that require the user to interact with the service (OpenID Connect Core 1.0 §3.1.2.6). */
const lapses: readonly string[] = [
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
];

function refusal(error: string, description: string | undefined): HonninError {
  if (error === "access_denied") {
    return new HonninError(
      "login-denied",
      "The service returned access_denied: the user cancelled, or could not go on, for example because of a locked PIN.",
    );
  }
  // Keycloak sends this pair if its own page was left open too long. The description is compared, never shown.
  const isExpired = error === "temporarily_unavailable" && description === "authentication_expired";
  if (isExpired || lapses.includes(error)) {
    return new HonninError(
      "authorization-lapsed",
      `The login session at the service is no longer valid (${error}). Start again.`,
    );
  }
  // RFC 6749 §4.1.2.1: both replace the statuses 503 and 500, which a redirect cannot carry.
  if (error === "temporarily_unavailable" || error === "server_error") {
    return new HonninError(
      "authorization-unavailable",
      `The service cannot handle the authorization request now: ${error}. Try again later.`,
    );
  }
  // error_description is not used: it comes through the browser and may contain anything.
  const name = /^[0-9a-zA-Z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  return new HonninError("authorization-refused", `The service refused the authorization request: ${name}.`);
}

function readParameters(callback: URL | URLSearchParams | string): Map<string, string> {
  const query = queryOf(callback);
  if (query.length > maxLength) throw malformed(`it is longer than ${maxLength} characters`);
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (parameters.has(name)) throw malformed("a parameter is duplicated");
    parameters.set(name, value);
  }
  return parameters;
}

function queryOf(callback: URL | URLSearchParams | string): string {
  if (callback instanceof URL) return callback.search;
  if (callback instanceof URLSearchParams) return callback.toString();
  if (typeof callback !== "string") throw malformed("it is not a URL");
  const withoutFragment = callback.split("#", 1)[0] ?? "";
  // A URL with a scheme, or a path as in Node's `request.url`. Everything else is a query.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(withoutFragment)) {
    const start = withoutFragment.indexOf("?");
    return start < 0 ? "" : withoutFragment.slice(start);
  }
  return withoutFragment;
}

/** Takes the same time for a wrong value and for the right one. Only the length can leak. */
function equalInConstantTime(actual: string, expected: string): boolean {
  let difference = actual.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) {
    // Beyond the end of `actual`, charCodeAt is NaN, which "^" treats as 0. The lengths already differ.
    difference |= actual.charCodeAt(i) ^ expected.charCodeAt(i);
  }
  return difference === 0;
}
