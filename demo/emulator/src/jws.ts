import { createHash, createHmac, type KeyObject, sign } from "node:crypto";
import type { RealmKey } from "./keys.js";

/** JWS Compact Serialization (RFC 7515 §3.1) of any header and payload, even wrong ones, for forged tokens. */
export function compact(
  header: Record<string, unknown>,
  payload: string,
  signer: (input: Buffer) => Buffer,
): string {
  const input = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  return `${input}.${signer(Buffer.from(input)).toString("base64url")}`;
}

/** RFC 7518 §3.3, §3.4. */
export function signer({ alg, privateKey }: RealmKey): (input: Buffer) => Buffer {
  return (input) => sign("sha256", input, alg === "ES256" ? ieeeP1363(privateKey) : privateKey);
}

function ieeeP1363(key: KeyObject) {
  return { key, dsaEncoding: "ieee-p1363" as const };
}

/** RFC 7518 §3.2. */
export function hmac(secret: string | Buffer): (input: Buffer) => Buffer {
  return (input) => createHmac("sha256", secret).update(input).digest();
}

/** `at_hash` (OIDC Core 3.1.3.6) for the SHA-256 algorithms: the left half of the access token's hash. */
export function leftHalfHash(text: string): string {
  return createHash("sha256").update(text, "ascii").digest().subarray(0, 16).toString("base64url");
}
