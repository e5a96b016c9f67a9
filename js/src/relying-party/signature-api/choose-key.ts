import type { JWK } from "jose";
import { HonninError } from "../../error.js";
import type { PrivateJwk } from "../service/client-key.js";
import { type DecryptionAlgorithm, keyTypes } from "./algorithms.js";

/**
 * Selects the key for a header: the key with its `kid`; without a `kid`, the only key that matches its algorithm.
 *
 * @throws HonninError `signature-result-undecryptable` unless there is exactly one
 */
export function chooseKey(
  keys: readonly PrivateJwk[],
  alg: DecryptionAlgorithm,
  kid: string | undefined,
): PrivateJwk {
  const fitting = keys.filter(
    (key) =>
      key.kty === keyTypes[alg] &&
      (key.alg === undefined || key.alg === alg) &&
      (kid === undefined || key.kid === kid),
  );
  const [key, another] = fitting;
  if (key !== undefined && another === undefined) return key;
  const how =
    kid === undefined
      ? "The result has no kid, and no key or several keys"
      : "No key or several keys with the kid of the result";
  throw new HonninError("signature-result-undecryptable", `${how} match its algorithm ${alg}.`);
}

/** @throws HonninError `decryption-key-invalid` if the platform refuses the key */
export async function importDecryptionKey(key: PrivateJwk, alg: DecryptionAlgorithm): Promise<CryptoKey> {
  const { importJWK } = await import("./jose.js");
  try {
    // Without key_ops and ext: the key is imported for this use only.
    const { key_ops: _operations, ext: _extractable, ...jwk } = key;
    return (await importJWK(jwk as JWK, alg, { extractable: false })) as CryptoKey;
  } catch {
    // No cause: the platform's error may quote the key.
    throw new HonninError(
      "decryption-key-invalid",
      "A decryption key was refused by the platform: its members are inconsistent.",
    );
  }
}
