// RSASSA-PSS over a digest: node:crypto signs messages only.
import { constants, createHash, privateEncrypt } from "node:crypto";
import { concat } from "../asn1/der.js";
import type { KeyPair } from "./key-pair.js";

function mgf1(hash: string, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0, have = 0; have < length; counter++) {
    const block = createHash(hash)
      .update(seed)
      .update(Uint8Array.of(0, 0, 0, counter))
      .digest();
    blocks.push(block);
    have += block.length;
  }
  return concat(...blocks).subarray(0, length);
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1) and the private operation. MGF1 uses the same hash. */
export function pssSignDigest(key: KeyPair, hash: string, digest: Uint8Array, salt: Uint8Array): Uint8Array {
  const modulusBits = key.privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  const bits = modulusBits - 1;
  const length = Math.ceil(bits / 8);
  const h = createHash(hash).update(new Uint8Array(8)).update(digest).update(salt).digest();
  const block = new Uint8Array(length - h.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = mgf1(hash, h, block.length);
  const masked = block.map((byte, i) => byte ^ (mask[i] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  const encoded = concat(masked, h, Uint8Array.of(0xbc));
  const padded = concat(new Uint8Array(modulusBits / 8 - encoded.length), encoded);
  return new Uint8Array(privateEncrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, padded));
}
