import { exportJWK, generateKeyPair, type JWK } from "jose";

/** A key pair for one use: the private half for the relying party, the public one for its registration. */
export async function keyPair(
  alg: string,
  use: "sig" | "enc",
  kid: string,
): Promise<{ readonly own: JWK & { kty: string }; readonly registered: JWK & { kty: string } }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const about = { alg, use, kid };
  return {
    own: { ...(await exportJWK(privateKey)), ...about } as JWK & { kty: string },
    registered: { ...(await exportJWK(publicKey)), ...about } as JWK & { kty: string },
  };
}
