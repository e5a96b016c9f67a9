// An issuer with keys to rotate, and the ID tokens that it signs.
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export const issuer = "https://op.example/api/realms/main";
export const clientId = "client1";
export const nonce = "n-0S6_WzA2Mj";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: Record<string, unknown>;
}

export async function makeKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "ES256" } };
}

export const jwkSet = (...keys: SigningKey[]) => ({ keys: keys.map(({ publicJwk }) => publicJwk) });

/** @param now seconds since 1970; the token lives for five minutes */
export function sign(key: SigningKey, now: number, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({
    iss: issuer,
    sub: "person",
    aud: clientId,
    iat: now,
    exp: now + 300,
    nonce,
    ...claims,
  })
    .setProtectedHeader({ alg: "ES256", kid: key.kid })
    .sign(key.privateKey);
}
