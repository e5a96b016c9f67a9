import { toBase64Url } from "../../base64.js";
import type { ClientKey } from "./client-key.js";

/** A JWT (RFC 7519 §7.1) with these claims, as a JWS in compact serialization. */
export async function signJwt(key: ClientKey, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { algorithm: alg, keyId } = key;
  const input = [keyId === undefined ? { alg } : { alg, kid: keyId }, claims].map(encoded).join(".");
  const bytes = new TextEncoder().encode(input);
  return `${input}.${toBase64Url(await key.sign(bytes))}`;
}

function encoded(value: object): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)));
}
