// The card: it signs any input without checking it.

import { derSignature, ecdsaSignDigest, rawSignature } from "./keys/ec.js";
import type { KeyPair } from "./keys/key-pair.js";
import { pssSignDigest } from "./keys/pss.js";
import { digest, digestInfo, type HashName, rsaSignBlock } from "./keys/signer.js";

/** How the card, or the software before it, wraps the bytes. */
export type CardForm = "digest-info" | "sha1-digest-info" | "bare" | "pss" | "raw-ecdsa" | "der-ecdsa";

const hashOfLength: Readonly<Record<number, HashName>> = {
  20: "sha1",
  32: "sha256",
  48: "sha384",
  64: "sha512",
};

function hashFor(bytes: Uint8Array, ...allowed: readonly HashName[]): HashName {
  const hash = hashOfLength[bytes.length];
  if (hash === undefined || !allowed.includes(hash))
    throw new RangeError("not a digest of a length for this form");
  return hash;
}

/**
 * The card's signature.
 *
 * @param holder who signs: a leaf, or a key alone
 * @param bytes a digest; with `bare`, anything that the padding has room for
 * @param form `digest-info` and `sha1-digest-info`: RSASSA-PKCS1-v1_5 · `bare`: the PKCS #1 type 1 block around the bytes
 *   as they are · `pss`: salt as long as the digest · `raw-ecdsa`: r‖s · `der-ecdsa`: Ecdsa-Sig-Value
 */
export function cardSign(holder: { readonly key: KeyPair }, bytes: Uint8Array, form: CardForm): Uint8Array {
  const { key } = holder;
  switch (form) {
    case "digest-info":
      return rsaSignBlock(key, digestInfo(hashFor(bytes, "sha256", "sha384", "sha512"), bytes));
    case "sha1-digest-info":
      return rsaSignBlock(key, digestInfo(hashFor(bytes, "sha1"), bytes));
    case "bare":
      return rsaSignBlock(key, bytes);
    case "pss": {
      const hash = hashFor(bytes, "sha256", "sha384", "sha512");
      return pssSignDigest(key, hash, bytes, digest(hash, bytes));
    }
    case "raw-ecdsa":
      return rawSignature(ecdsaSignDigest(key, bytes));
    case "der-ecdsa":
      return derSignature(ecdsaSignDigest(key, bytes));
  }
}
