import { HonninError } from "../error.js";
import { secureUrl } from "../secure-url.js";

/** Where the service is: one environment of the デジタル認証サービス, or of something that stands in for it. */
export interface Environment {
  /** `production`, `sandbox`, or what the caller named it. */
  readonly name: string;
  /** Exactly the `iss` of ID tokens; no trailing slash. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  readonly jwksUri: string;
  /** `POST` starts a signature (署名API); `GET …/{id}/result` fetches it. */
  readonly signTransactionsEndpoint: string;
}

function table(origin: string, name: string): Environment {
  const issuer = `${origin}/api/realms/main`;
  const protocol = `${issuer}/protocol/openid-connect`;
  return Object.freeze({
    name,
    issuer,
    authorizationEndpoint: `${protocol}/auth`,
    tokenEndpoint: `${protocol}/token`,
    userinfoEndpoint: `${protocol}/userinfo`,
    jwksUri: `${protocol}/certs`,
    signTransactionsEndpoint: `${origin}/api/sign-transactions`,
  });
}

/**
 * The two environments of the service. `sub` differs between them, and so do client ids and keys.
 *
 * The paths are those that a login on the sandbox was seen to use; the production host of
 * `signTransactionsEndpoint` is inferred from the sandbox's.
 */
export const environments: { readonly production: Environment; readonly sandbox: Environment } =
  Object.freeze({
    production: table("https://auth-and-sign.go.jp", "production"),
    sandbox: table("https://sb-auth-and-sign.go.jp", "sandbox"),
  });

/**
 * The same paths on another origin: an emulator, or a gateway of one's own.
 *
 * @param origin scheme, host and port, such as `http://127.0.0.1:8080`; https, or http on loopback
 * @param name default: the host and port
 * @throws HonninError `options-invalid`
 */
export function environmentAt(origin: string | URL, name?: string): Environment {
  const url = secureUrl(origin, "The environment's origin");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new HonninError(
      "options-invalid",
      "The environment's origin must be scheme, host and port only, without a path.",
    );
  }
  return table(url.origin, name ?? url.host);
}

/** Whether an issuer is that of an emulator, wherever it is. */
export function isEmulatorIssuer(issuer: string): boolean {
  return typeof issuer === "string" && issuer.endsWith("/realms/honnin-emulator");
}
