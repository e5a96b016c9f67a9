// An ID token of a key that was not used before, in an instance that is warm: there are more keys than any variant keeps.
import { verifyIdToken } from "honnin";
import type { NewKeyFixture, TokenWithKey } from "../fixtures/types.ts";
import { job } from "../job.ts";
import { ecdsaKey, ecdsaWith, pointOf, readToken } from "./by-hand.ts";

const keysOf = (jwk: TokenWithKey["jwk"]) => JSON.stringify({ keys: [jwk] });

export const newKey = job<NewKeyFixture, TokenWithKey>({
  name: "new-key",
  title: "ES256 ID token, whole, first use of its key, warm instance",
  inputs: ({ cases, flipped }) => ({ good: cases, bad: flipped }),
  variants: [
    {
      name: "honnin",
      prepare: ({ issuer, clientId, nonce }) => {
        return async ({ token, jwk }) =>
          (await verifyIdToken(token, { issuer, clientId, nonce, keys: keysOf(jwk) })).claims.nonce === nonce;
      },
    },
    {
      name: "honnin, reference arithmetic",
      prepare: async ({ issuer, clientId, nonce }, { reference }) => {
        const { initSync, verifyIdToken } = await import("reference:honnin");
        initSync({ idToken: reference.idToken });
        return async ({ token, jwk }) =>
          (await verifyIdToken(token, { issuer, clientId, nonce, keys: keysOf(jwk) })).claims.nonce === nonce;
      },
    },
    {
      name: "jose, importing the key",
      prepare: async ({ issuer, clientId, nonce }) => {
        const { importJWK, jwtVerify } = await import("peer:jose");
        const options = { issuer, audience: clientId, algorithms: ["ES256"] };
        return async ({ token, jwk }) =>
          (await jwtVerify(token, await importJWK(jwk, "ES256"), options)).payload.nonce === nonce;
      },
    },
    {
      name: "fast-jwt, importing the key",
      prepare: async ({ issuer, clientId, nonce }) => {
        const { createVerifier } = await import("peer:fast-jwt");
        const about = { algorithms: ["ES256"], allowedIss: issuer, allowedAud: clientId, cache: false };
        return ({ token, pem }) =>
          createVerifier({ ...about, key: pem, allowedNonce: nonce })(token).nonce === nonce;
      },
    },
    {
      name: "WebCrypto, by hand",
      prepare: (fixture) => {
        const [key, algorithm] = [ecdsaKey("P-256"), ecdsaWith("SHA-256")];
        return async ({ token, jwk }) => {
          const read = readToken(token, fixture);
          if (read === undefined) return false;
          const imported = await crypto.subtle.importKey("jwk", jwk, key, false, ["verify"]);
          return crypto.subtle.verify(algorithm, imported, read.signature, read.signed);
        };
      },
    },
    {
      name: "node:crypto, by hand",
      prepare: async (fixture) => {
        const { createPublicKey, verify } = await import("node:crypto");
        return ({ token, pem }) => {
          const read = readToken(token, fixture);
          const key = { key: createPublicKey(pem), dsaEncoding: "ieee-p1363" } as const;
          return read !== undefined && verify("sha256", read.signed, key, read.signature);
        };
      },
    },
    {
      name: "@noble/curves, by hand",
      prepare: async (fixture) => {
        const { p256 } = await import("peer:@noble/curves/nist.js");
        return ({ token, jwk }) => {
          const read = readToken(token, fixture);
          return (
            read !== undefined && p256.verify(read.signature, read.signed, pointOf(jwk), { lowS: false })
          );
        };
      },
    },
  ],
  cannot: {
    pkijs: "reads no tokens",
    "@peculiar/x509": "reads no tokens",
    "node-forge": "has no ECDSA",
  },
});
