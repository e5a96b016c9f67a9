import { HonninError } from "../error.js";
import { secureUrl } from "../secure-url.js";

/** The endpoints of the service: one environment of デジタル認証サービス, or a replacement for it. */
export interface Environment {
  /** `production`, `sandbox`, or the name that you set. */
  readonly name: string;
  /** The exact `iss` of ID tokens, without a trailing slash. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  readonly jwksUri: string;
  /** `POST` starts a signature (署名API); `GET …/{id}/result` fetches it. */
  readonly signTransactionsEndpoint: string;
}

/** The service's realm. */
const serviceRealm = "main";
/** The realm of the emulator. Its name shows that the issuer is not the service. */
const emulatorRealm = "honnin-emulator";

/**
 * Whether this is the issuer of an emulator, on any host. Not public: for the relying party's handler, which accepts
 * an emulator only with `allowEmulator`.
 */
export function isEmulatorIssuer(issuer: string): boolean {
  let path: string;
  try {
    path = new URL(issuer).pathname;
  } catch {
    return false;
  }
  return new RegExp(`/realms/${emulatorRealm}/*$`).test(path);
}

function table(origin: string, realm: string, name: string): Environment {
  const issuer = `${origin}/api/realms/${realm}`;
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
 * The two environments of the service. They have different `sub` values, client IDs and keys.
 *
 * The paths were observed in a login on the sandbox. The production host of `signTransactionsEndpoint` is inferred
 * from the sandbox.
 */
export const environments: { readonly production: Environment; readonly sandbox: Environment } =
  /* @__PURE__ */ Object.freeze({
    production: /* @__PURE__ */ table("https://auth-and-sign.go.jp", serviceRealm, "production"),
    sandbox: /* @__PURE__ */ table("https://sb-auth-and-sign.go.jp", serviceRealm, "sandbox"),
  });

/**
 * The service's paths on another origin, for example your own gateway or another replacement for the service. For
 * honnin's emulator, use {@link emulatorAt}.
 *
 * @param origin scheme, host and port, such as `https://gateway.example`; https, or http on loopback
 * @param name default: the host and port
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { environmentAt } from "honnin/launch";
 *
 * const gateway = environmentAt("https://gateway.example");
 * console.log(gateway.issuer, gateway.jwksUri);
 * ```
 */
export function environmentAt(origin: string | URL, name?: string): Environment {
  const url = originOf(origin, "The environment's origin");
  return table(url.origin, serviceRealm, name ?? url.host);
}

/**
 * honnin's emulator. Its realm has a different name, so its tokens are never mistaken for tokens of the service.
 *
 * @param origin scheme, host and port, such as `http://127.0.0.1:8080`; https, or http on loopback
 * @param name default: `emulator`
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { emulatorAt } from "honnin/launch";
 *
 * const emulator = emulatorAt("http://127.0.0.1:8080");
 * console.log(emulator.name, emulator.issuer);
 * ```
 */
export function emulatorAt(origin: string | URL, name = "emulator"): Environment {
  return table(originOf(origin, "The emulator's origin").origin, emulatorRealm, name);
}

function originOf(origin: string | URL, what: string): URL {
  const url = secureUrl(origin, what);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new HonninError(
      "options-invalid",
      `${what} must consist of scheme, host and port only, without a path.`,
    );
  }
  return url;
}
