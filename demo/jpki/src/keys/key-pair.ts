import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { content, descend } from "../asn1/read.js";

export type KeyKind = "rsa" | "p256" | "p384";

/** A key pair and what certificates say of it. */
export interface KeyPair {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** SHA-1 of the key's bits (RFC 5280 §4.2.1.2 (1)). */
  readonly keyIdentifier: Uint8Array;
  /** SHA-1 of the same bits is what OCSP's issuerKeyHash is made of; another hash needs the bits. */
  readonly keyBits: Uint8Array;
}

/** The pair of a private JWK. */
export function keyPair(kind: KeyKind, jwk: JsonWebKey): KeyPair {
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  const publicKey = createPublicKey(privateKey);
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const keyBits = content(descend(spki, 1)).slice(1);
  const keyIdentifier = new Uint8Array(createHash("sha1").update(keyBits).digest());
  return { kind, privateKey, publicKey, spki, keyIdentifier, keyBits };
}

/** An integer as a JWK holds it: big-endian, of the given length where there is one (RFC 7518 §6). */
export function base64url(value: bigint, length?: number): string {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  return Buffer.from(length === undefined ? hex : hex.padStart(length * 2, "0"), "hex").toString("base64url");
}

/** The integer that a JWK holds. */
export function integerOf(text: string | undefined): bigint {
  return BigInt(`0x${Buffer.from(text ?? "", "base64url").toString("hex")}`);
}

/** The inverse of a modulo a modulus that is prime to it. */
export function inverse(a: bigint, modulus: bigint): bigint {
  let [r0, r1, t0, t1] = [modulus, ((a % modulus) + modulus) % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return ((t0 % modulus) + modulus) % modulus;
}
