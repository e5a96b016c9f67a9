// Elliptic-curve key pairs from a seed, and ECDSA for a given digest, as cards do: node:crypto signs messages only.
import { createECDH, createHmac } from "node:crypto";
import { concat, integer, sequence } from "../asn1/der.js";
import { base64url, integerOf, inverse, type KeyPair, keyPair } from "./key-pair.js";
import type { Random } from "./random.js";

const curves = {
  p256: {
    jwk: "P-256",
    ecdh: "prime256v1",
    bytes: 32,
    hash: "sha256",
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  p384: {
    jwk: "P-384",
    ecdh: "secp384r1",
    bytes: 48,
    hash: "sha384",
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
} as const;

const big = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

function fixed(value: bigint, length: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex"));
}

/** The affine coordinates of `scalar` times the base point. */
function multiplyBase(curve: (typeof curves)[keyof typeof curves], scalar: bigint): [bigint, bigint] {
  const ecdh = createECDH(curve.ecdh);
  ecdh.setPrivateKey(fixed(scalar, curve.bytes));
  const point = ecdh.getPublicKey();
  return [big(point.subarray(1, 1 + curve.bytes)), big(point.subarray(1 + curve.bytes))];
}

export function ecKeyPair(random: Random, kind: "p256" | "p384"): KeyPair {
  const curve = curves[kind];
  const d = (random.integer(curve.bytes * 8) % (curve.order - 1n)) + 1n;
  const [x, y] = multiplyBase(curve, d);
  return keyPair(kind, {
    kty: "EC",
    crv: curve.jwk,
    x: base64url(x, curve.bytes),
    y: base64url(y, curve.bytes),
    d: base64url(d, curve.bytes),
  });
}

/** The nonce of RFC 6979 §3.2, so that signatures too depend on the seed only. */
function* nonces(curve: (typeof curves)[keyof typeof curves], d: bigint, z: bigint): Generator<bigint> {
  const mac = (key: Uint8Array, ...parts: Uint8Array[]) =>
    new Uint8Array(
      createHmac(curve.hash, key)
        .update(concat(...parts))
        .digest(),
    );
  const seed = concat(fixed(d, curve.bytes), fixed(z % curve.order, curve.bytes));
  let v: Uint8Array = new Uint8Array(curve.bytes).fill(1);
  let k: Uint8Array = new Uint8Array(curve.bytes);
  for (const marker of [0, 1]) {
    k = mac(k, v, Uint8Array.of(marker), seed);
    v = mac(k, v);
  }
  for (;;) {
    v = mac(k, v);
    const candidate = big(v);
    if (candidate > 0n && candidate < curve.order) yield candidate;
    k = mac(k, v, Uint8Array.of(0));
    v = mac(k, v);
  }
}

/** ECDSA over a digest (FIPS 186-5 §6.4.1); the leftmost bits count where it is longer than the order. */
export function ecdsaSignDigest(key: KeyPair, digest: Uint8Array): { r: bigint; s: bigint; bytes: number } {
  if (key.kind === "rsa") throw new TypeError("not an elliptic-curve key");
  const curve = curves[key.kind];
  const d = integerOf(key.privateKey.export({ format: "jwk" }).d);
  const z = digest.length === 0 ? 0n : big(digest.subarray(0, curve.bytes));
  for (const k of nonces(curve, d, z)) {
    const r = multiplyBase(curve, k)[0] % curve.order;
    const s = (inverse(k, curve.order) * (z + r * d)) % curve.order;
    if (r !== 0n && s !== 0n) return { r, s, bytes: curve.bytes };
  }
  throw new Error("unreachable");
}

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3). */
export const derSignature = ({ r, s }: { r: bigint; s: bigint }) => sequence(integer(r), integer(s));
/** r and s, each of the order's length (IEEE P1363). */
export const rawSignature = ({ r, s, bytes }: { r: bigint; s: bigint; bytes: number }) =>
  concat(fixed(r, bytes), fixed(s, bytes));
