import { toBase64Url } from "../../base64.js";
import { type ClientKey, keyParameters } from "./client-key.js";

/** A JWT (RFC 7519 §7.1) with these claims, as a JWS in compact serialization. */
export async function signJwt(key: ClientKey, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { algorithm: alg, keyId } = key;
  const input = [keyId === undefined ? { alg } : { alg, kid: keyId }, claims].map(encoded).join(".");
  const bytes = new TextEncoder().encode(input);
  const signature = await crypto.subtle.sign(keyParameters[alg], await key.cryptoKey(), bytes);
  return `${input}.${toBase64Url(new Uint8Array(signature))}`;
}

function encoded(value: object): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)));
}
