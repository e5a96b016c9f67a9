import { HonninError } from "../error.js";

/** base64url without padding (RFC 4648 §5). */
function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function webCrypto(): Crypto {
  const { crypto } = globalThis;
  if (crypto?.subtle === undefined) {
    throw new HonninError(
      "request-invalid",
      "Web Crypto (crypto.subtle) is not available. Serve the page over https, or create the request on the server.",
    );
  }
  return crypto;
}

/** 256 bits of the platform's CSPRNG as 43 base64url characters. */
export function randomToken(): string {
  return base64url(webCrypto().getRandomValues(new Uint8Array(32)));
}

/** The `S256` code challenge of a verifier (RFC 7636 §4.2). */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  const digest = await webCrypto().subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  return base64url(new Uint8Array(digest));
}
