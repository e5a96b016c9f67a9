// What a program does around a bare signature check if it has no library for tokens.
import type { Expected } from "../fixtures/types.ts";
import { base64UrlOf } from "../inside/bytes.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Read {
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Reads a token and checks its claims. `undefined`: they are not what is expected. */
export function readToken(token: string, expected: Expected): Read | undefined {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { alg } = JSON.parse(decoder.decode(base64UrlOf(header)));
  const { iss, aud, nonce, exp, iat } = JSON.parse(decoder.decode(base64UrlOf(claims)));
  const now = Date.now() / 1000;
  if (alg !== "ES256" || iss !== expected.issuer || aud !== expected.clientId || nonce !== expected.nonce)
    return undefined;
  if (!(exp > now && iat < now + 60)) return undefined;
  return { signed: encoder.encode(`${header}.${claims}`), signature: base64UrlOf(signature) };
}

export const ecdsaKey = (namedCurve: string) => ({ name: "ECDSA", namedCurve });
export const ecdsaWith = (hash: string) => ({ name: "ECDSA", hash });

/** The point of a JWK, without compression (SEC 1 §2.3.3). */
export function pointOf({ x = "", y = "" }: { readonly x?: string; readonly y?: string }): Uint8Array {
  return Uint8Array.of(4, ...base64UrlOf(x), ...base64UrlOf(y));
}
