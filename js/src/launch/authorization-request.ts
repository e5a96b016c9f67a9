import { HonninError } from "../error.js";
import { isSecureUrl, secureUrl } from "../secure-url.js";
import { authorizationUrl } from "./authorization-url.js";
import type { Environment } from "./environments.js";
import { randomToken } from "./random.js";

/** The scopes: `openid` always, one for each of the four basic items (基本4情報), `sign` for the 署名API. */
export type Scope = "openid" | "name" | "address" | "birthdate" | "gender" | "sign";

const scopes: readonly string[] = [
  "openid",
  "name",
  "address",
  "birthdate",
  "gender",
  "sign",
] satisfies Scope[];

/** Options of {@link createAuthorizationRequest}. */
export interface AuthorizationRequestOptions {
  readonly environment: Pick<Environment, "authorizationEndpoint">;
  /** The client ID as issued: 1 to 255 characters of `[0-9a-zA-Z]`. */
  readonly clientId: string;
  /** The redirect URI as registered, 1 to 255 characters: https, http on loopback, or a private-use scheme (`jp.example.app:/callback`). */
  readonly redirectUri: string | URL;
  /** An array, or a space-separated string. Must contain `openid`. Default `["openid"]`. */
  readonly scope?: readonly Scope[] | string | undefined;
  /** Sent as `acr_values`, for example `["aal3", "crl"]`. */
  readonly acrValues?: readonly string[] | string | undefined;
  /** The UUID of a signature transaction. Requires the scope `sign`. */
  readonly signTransactionId?: string | undefined;
  /** 1 to 255 base64url characters. Default: 256 random bits. */
  readonly state?: string | undefined;
  /** 1 to 255 printable ASCII characters. Default: 256 random bits. */
  readonly nonce?: string | undefined;
  /** 43 to 128 unreserved characters (RFC 7636 §4.1). Default: 256 random bits. */
  readonly codeVerifier?: string | undefined;
  /** Parameters that the API reference of the service does not list, such as `prompt` or `max_age`. Use at your own risk. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** The URL to send the user to, and the values to keep (in a cookie or a session) until the response. */
export interface AuthorizationRequest {
  /** The URL to open at top level: the service does not allow framing. */
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  /** Keep it secret until the code is exchanged. It is never part of `url`. */
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** The scopes as sent, space-separated. */
  readonly scope: string;
}

/**
 * Creates an authorization request with state, nonce and PKCE (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3).
 * Each parameter is checked against the API reference of the service.
 *
 * @throws HonninError `request-invalid`, naming the parameter; `options-invalid` for the environment's endpoint
 *
 * @example
 * ```ts
 * import { createAuthorizationRequest, environments } from "honnin/launch";
 *
 * const { url, ...kept } = await createAuthorizationRequest({
 *   environment: environments.sandbox,
 *   clientId: "shop",
 *   redirectUri: "https://shop.example/auth/callback",
 *   scope: ["openid", "name"],
 * });
 * // Keep state, nonce and codeVerifier in a cookie of this browser, and send the user to the URL.
 * console.log(url, Object.keys(kept));
 * ```
 */
export async function createAuthorizationRequest(
  options: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const endpoint = secureUrl(options?.environment?.authorizationEndpoint, "authorizationEndpoint");
  const redirectUri = checkRedirectUri(options.redirectUri);
  const scope = checkScope(options.scope ?? ["openid"]);
  const state = options.state ?? randomToken();
  const nonce = options.nonce ?? randomToken();
  const codeVerifier = options.codeVerifier ?? randomToken();
  check("client_id", options.clientId, /^[0-9a-zA-Z]{1,255}$/, "1 to 255 letters and digits");
  // The API reference allows all printable ASCII characters, but a ";" does not survive the round trip.
  check("state", state, /^[0-9a-zA-Z_-]{1,255}$/, "1 to 255 base64url characters");
  check("nonce", nonce, /^[\x20-\x7e]{1,255}$/, "1 to 255 printable ASCII characters");
  check(
    "code_verifier",
    codeVerifier,
    /^[0-9a-zA-Z._~-]{43,128}$/,
    "43 to 128 letters, digits, '-', '.', '_', '~'",
  );

  const acrValues = options.acrValues === undefined ? undefined : checkAcrValues(options.acrValues);
  const { clientId, signTransactionId, extra } = options;
  if (signTransactionId !== undefined) {
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
    check("sign_transaction_id", signTransactionId, uuid, "a UUID");
    if (!scope.split(" ").includes("sign"))
      throw invalid("sign_transaction_id", "used together with the scope sign");
  }
  if (extra !== undefined) checkExtra(extra);
  const request = { clientId, redirectUri, scope, acrValues, signTransactionId, state, nonce, codeVerifier };
  const url = await authorizationUrl(endpoint, { ...request, extra });
  return { url, state, nonce, codeVerifier, redirectUri, scope };
}

function invalid(parameter: string, rule: string): HonninError {
  return new HonninError("request-invalid", `${parameter} must be ${rule}.`);
}

function check(parameter: string, value: unknown, pattern: RegExp, rule: string): void {
  if (typeof value !== "string" || !pattern.test(value)) throw invalid(parameter, rule);
}

function checkRedirectUri(value: string | URL): string {
  const text = value instanceof URL ? value.href : value;
  check("redirect_uri", text, /^[\x21-\x7e]{1,255}$/, "an absolute URI of 1 to 255 ASCII characters");
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid("redirect_uri", "an absolute URI of 1 to 255 ASCII characters");
  }
  // A private-use scheme is a reversed domain name (RFC 8252 §7.1), so javascript: and data: are not possible.
  const appScheme = /^[a-z][a-z0-9+-]*\.[a-z0-9.+-]*:$/.test(url.protocol);
  if (!appScheme && !isSecureUrl(url)) {
    throw invalid(
      "redirect_uri",
      "an https URL (http only for loopback addresses), or a URL with a private-use scheme that contains a dot",
    );
  }
  if (text.includes("#")) throw invalid("redirect_uri", "a URI without a fragment (RFC 6749 §3.1.2)");
  return text;
}

function words(parameter: string, value: readonly string[] | string): string[] {
  const list: unknown = typeof value === "string" ? value.split(" ") : value;
  if (!Array.isArray(list) || !list.every((word) => typeof word === "string")) {
    throw invalid(parameter, "an array of strings or a space-separated string");
  }
  return [...new Set(list.filter((word) => word !== ""))];
}

function checkScope(value: readonly string[] | string): string {
  const list = words("scope", value);
  if (!list.includes("openid")) throw invalid("scope", "a list that contains openid");
  if (!list.every((word) => scopes.includes(word)))
    throw invalid("scope", `a list of values from ${scopes.join(", ")}`);
  return list.join(" ");
}

function checkAcrValues(value: readonly string[] | string): string {
  const text = words("acr_values", value).join(" ");
  check("acr_values", text, /^[\x20-\x7e]{1,255}$/, "1 to 255 printable ASCII characters");
  return text;
}

const ownParameters: readonly string[] = [
  "response_type",
  "scope",
  "client_id",
  "redirect_uri",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "acr_values",
  "sign_transaction_id",
];

function checkExtra(extra: Readonly<Record<string, string>>): void {
  if (typeof extra !== "object" || extra === null) throw invalid("extra", "an object with string values");
  for (const [name, value] of Object.entries(extra)) {
    if (!/^[0-9a-zA-Z._-]{1,64}$/.test(name))
      throw invalid("extra", "an object whose keys are 1 to 64 letters, digits, '.', '_' or '-'");
    if (ownParameters.includes(name)) throw invalid(name, "set with its own option, not in extra");
    if (typeof value !== "string" || value.length === 0 || value.length > 4096) {
      throw invalid(name, "a string of 1 to 4096 characters");
    }
  }
}
