import { HonninError } from "../../error.js";
import { randomToken } from "../../launch/random.js";
import { type Now, readNow } from "../../time.js";
import { type ClientOptions, readClientKey } from "./client-key.js";
import { signJwt } from "./sign-jwt.js";

/** `client_assertion_type` of RFC 7523 §2.2. */
export const clientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Options of {@link clientAssertion}. */
export interface ClientAssertionOptions extends ClientOptions {
  /** `aud`: the URL of the token endpoint, or the issuer. */
  readonly audience: string;
  /** Lifetime in seconds, 1 to 3600. Default 300. */
  readonly lifetime?: number | undefined;
  /** The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called once. Default: the clock. */
  readonly now?: Now | undefined;
}

/**
 * Creates a client assertion for `private_key_jwt` (OpenID Connect Core 1.0 §9, RFC 7523 §3). Use it once.
 *
 * @returns a JWS in compact serialization with `iss` = `sub` = the client ID, `aud`, a random `jti`, `iat` and `exp`
 * @throws HonninError `client-key-invalid`, `options-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { clientAssertion } from "honnin/relying-party";
 *
 * // In production, use the key that is registered with the service.
 * const algorithm = { name: "ECDSA", namedCurve: "P-256" };
 * const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
 * const audience = environments.sandbox.tokenEndpoint;
 * console.log(await clientAssertion({ clientId: "shop", clientKey: privateKey, audience }));
 * ```
 */
export async function clientAssertion(options: ClientAssertionOptions): Promise<string> {
  const key = readClientKey(options);
  const { clientId, audience, lifetime = 300 } = options;
  checkClientId(clientId);
  if (typeof audience !== "string" || audience === "") {
    throw new HonninError(
      "options-invalid",
      "audience must be the URL of the token endpoint, or the issuer.",
    );
  }
  if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > 3_600) {
    throw new HonninError("options-invalid", "lifetime must be an integer from 1 to 3600, in seconds.");
  }
  const issuedAt = Math.floor(readNow(options.now));
  return signJwt(key, {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomToken(),
    iat: issuedAt,
    exp: issuedAt + lifetime,
  });
}

/** @throws HonninError `options-invalid` */
export function checkClientId(clientId: unknown): asserts clientId is string {
  if (typeof clientId !== "string" || !/^[0-9a-zA-Z]{1,255}$/.test(clientId)) {
    throw new HonninError(
      "options-invalid",
      "clientId must be 1 to 255 letters and digits, exactly as issued.",
    );
  }
}
