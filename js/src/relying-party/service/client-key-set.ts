import { HonninError } from "../../error.js";
import { type ClientKeyChoice, type ClientOptions, clientKeys, readClientKey } from "./client-key.js";
import { isSigner, type PublicJwk, publicPart } from "./client-signer.js";

/**
 * The public JWK Set of the client's keys, as it is registered with the service. It contains only public members.
 *
 * @throws HonninError `client-key-invalid`, also if a key is a `CryptoKey` that is not extractable, or a signer without `publicKey`;
 *   or if there are several keys and not each has its own ID
 *
 * @example
 * ```ts
 * import { clientKeySet, type PrivateJwk } from "honnin/relying-party";
 *
 * // During a rotation, the old key stays registered until all instances sign with the new one.
 * export async function registered(newKey: PrivateJwk, oldKey: PrivateJwk): Promise<string> {
 *   return JSON.stringify(await clientKeySet({ clientKey: [newKey, oldKey] }));
 * }
 * ```
 */
export async function clientKeySet(
  options: Pick<ClientOptions, "clientKey" | "clientKeyAlgorithm" | "clientKeyId">,
): Promise<{ readonly keys: readonly PublicJwk[] }> {
  // All are checked as the handler checks them.
  readClientKey(options);
  const keys = await Promise.all(
    clientKeys(options).map(async (one) => {
      const { algorithm, keyId } = readClientKey(one);
      const about = { use: "sig", alg: algorithm, ...(keyId === undefined ? {} : { kid: keyId }) };
      return { ...publicPart(await jwkOf(one.clientKey)), ...about };
    }),
  );
  if (keys.length > 1 && new Set(keys.map(({ kid }) => kid ?? "")).size < keys.length) {
    throw new HonninError("client-key-invalid", "Each of several client keys needs its own ID.");
  }
  return { keys };
}

async function jwkOf(key: ClientKeyChoice): Promise<PublicJwk> {
  if (isSigner(key)) {
    if (key.publicKey !== undefined) return key.publicKey;
    throw new HonninError("client-key-invalid", "The client's signer has no publicKey.");
  }
  if ("kty" in key) return key;
  try {
    return (await crypto.subtle.exportKey("jwk", key as CryptoKey)) as unknown as PublicJwk;
  } catch {
    // No cause: the platform's error may say something about the key.
    throw new HonninError(
      "client-key-invalid",
      "The client key is a CryptoKey that is not extractable, so its public key is unknown. Use the JWK Set from its creation.",
    );
  }
}
