import { HonninError } from "../error.js";

/** What the response must agree with. */
export interface AuthorizationResponseExpectation {
  /** As kept from the authorization request of this very browser. */
  readonly state: string;
  /** The environment's issuer. */
  readonly issuer: string;
  /** Whether `iss` has to be there (RFC 9207 §2.4). Default false: whether the service sends it is not confirmed. */
  readonly requireIss?: boolean | undefined;
}

const maxLength = 16_384;

/**
 * Reads what came to the redirect URI (RFC 6749 §4.1.2, OpenID Connect Core 1.0 §3.1.2.5, RFC 9207).
 *
 * `state` is compared before anything else is looked at, so that no page of another site can make this one show
 * an error or spend a code. `session_state` and unknown parameters are ignored; `iss` may be absent unless it is required.
 *
 * @param callback the whole URL, its path and query, its query, or its parameters
 * @returns the code, to be exchanged at once: it lives for about a minute and works once
 * @throws HonninError `authorization-response-malformed`, `state-mismatch`, `issuer-mismatch`,
 *   `login-denied` (`access_denied`: the user pressed 中止, or could not go on, as with a locked PIN),
 *   `authorization-unavailable` (try again later), `authorization-lapsed` (begin again),
 *   `authorization-refused` (any other error; the message names it), `options-invalid` (no state or issuer given)
 *
 * @example
 * ```ts
 * import { environments, readAuthorizationResponse } from "honnin/launch";
 *
 * const { code } = readAuthorizationResponse("/auth/callback?state=sn0w&code=once", {
 *   state: "sn0w", // as kept from the request
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
      throw new HonninError("options-invalid", `${name} must be given: it is what the response is held to.`);
    }
  }
  const parameters = readParameters(callback);

  if (!equalInConstantTime(parameters.get("state") ?? "", expected.state)) {
    throw new HonninError(
      "state-mismatch",
      "state is not that of the request: the response belongs to another login or another browser. Start again.",
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
    if (parameters.has(name)) throw malformed(`${name} has no place in the response of a code flow`);
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

/** OpenID Connect Core 1.0 §3.1.2.6: what the service needs the user for. */
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
      "The service answered access_denied: the user cancelled, or could not go on, as with a locked PIN.",
    );
  }
  // Keycloak says in this form only that its own page was left open too long. The text is compared, never shown.
  const isExpired = error === "temporarily_unavailable" && description === "authentication_expired";
  if (isExpired || lapses.includes(error)) {
    return new HonninError(
      "authorization-lapsed",
      `The service's part of the login has lapsed (${error}). Begin again.`,
    );
  }
  // RFC 6749 §4.1.2.1: both are about the service, and stand in for the statuses 503 and 500.
  if (error === "temporarily_unavailable" || error === "server_error") {
    return new HonninError(
      "authorization-unavailable",
      `The service cannot authorize at this time: ${error}. Try again later.`,
    );
  }
  // error_description is left out: it comes through the browser and may hold anything.
  const name = /^[0-9a-zA-Z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  return new HonninError("authorization-refused", `The service refused the authorization request: ${name}.`);
}

function readParameters(callback: URL | URLSearchParams | string): Map<string, string> {
  const query = queryOf(callback);
  if (query.length > maxLength) throw malformed(`longer than ${maxLength} characters`);
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (parameters.has(name)) throw malformed("a parameter is present twice");
    parameters.set(name, value);
  }
  return parameters;
}

function queryOf(callback: URL | URLSearchParams | string): string {
  if (callback instanceof URL) return callback.search;
  if (callback instanceof URLSearchParams) return callback.toString();
  if (typeof callback !== "string") throw malformed("not a URL");
  const withoutFragment = callback.split("#", 1)[0] ?? "";
  // A URL with a scheme, or a path as in Node's `request.url`; all else is a query already.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(withoutFragment)) {
    const start = withoutFragment.indexOf("?");
    return start < 0 ? "" : withoutFragment.slice(start);
  }
  return withoutFragment;
}

/** Takes as long for a wrong text as for the right one; only the length shows. */
function equalInConstantTime(actual: string, expected: string): boolean {
  let difference = actual.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) {
    // Past the end of `actual`, charCodeAt is NaN, which "^" takes for 0; the lengths differ already.
    difference |= actual.charCodeAt(i) ^ expected.charCodeAt(i);
  }
  return difference === 0;
}
