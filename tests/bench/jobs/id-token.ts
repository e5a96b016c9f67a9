// A whole ID token, of a key that is in use: decoding, JSON, claims, signature.
import { type VerifyIdTokenOptions, verifyIdToken } from "honnin";
import type { TokenFixture } from "../fixtures/types.ts";
import { job } from "../job.ts";
import { ecdsaKey, ecdsaWith, pointOf, readToken } from "./by-hand.ts";

const optionsOf = ({ issuer, clientId, nonce, others, jwk }: TokenFixture): VerifyIdTokenOptions => ({
  issuer,
  clientId,
  nonce,
  // As `remoteKeys` has it.
  keys: JSON.stringify({ keys: [...others, jwk] }),
});

export const idToken = job<TokenFixture, string>({
  name: "id-token",
  title: "ES256 ID token, whole (decode, JSON, claims, signature), key in use",
  inputs: ({ tokens, flipped }) => ({ good: tokens, bad: flipped }),
  variants: [
    {
      name: "honnin",
      prepare: (fixture) => {
        const options = optionsOf(fixture);
        return async (token) => (await verifyIdToken(token, options)).claims.nonce === fixture.nonce;
      },
    },
    {
      name: "honnin, reference arithmetic",
      prepare: async (fixture, { reference }) => {
        const { initSync, verifyIdToken } = await import("reference:honnin");
        initSync({ idToken: reference.idToken });
        const options = optionsOf(fixture);
        return async (token) => (await verifyIdToken(token, options)).claims.nonce === fixture.nonce;
      },
    },
    {
      name: "jose, imported key",
      prepare: async ({ issuer, clientId, nonce, jwk }) => {
        const { importJWK, jwtVerify } = await import("peer:jose");
        const key = await importJWK(jwk, "ES256");
        const options = { issuer, audience: clientId, algorithms: ["ES256"] };
        return async (token) => (await jwtVerify(token, key, options)).payload.nonce === nonce;
      },
    },
    {
      name: "jose, JWK Set",
      prepare: async ({ issuer, clientId, nonce, others, jwk }) => {
        const { createLocalJWKSet, jwtVerify } = await import("peer:jose");
        const keys = createLocalJWKSet({ keys: [...others, jwk] });
        const options = { issuer, audience: clientId, algorithms: ["ES256"] };
        return async (token) => (await jwtVerify(token, keys, options)).payload.nonce === nonce;
      },
    },
    {
      name: "fast-jwt",
      prepare: async ({ issuer, clientId, nonce, pem }) => {
        const { createVerifier } = await import("peer:fast-jwt");
        const verify = createVerifier({
          key: pem,
          algorithms: ["ES256"],
          allowedIss: issuer,
          allowedAud: clientId,
          allowedNonce: nonce,
          cache: false,
        });
        return (token) => verify(token).nonce === nonce;
      },
    },
    {
      name: "WebCrypto, by hand",
      prepare: async (fixture) => {
        const key = await crypto.subtle.importKey("jwk", fixture.jwk, ecdsaKey("P-256"), false, ["verify"]);
        const algorithm = ecdsaWith("SHA-256");
        return (token) => {
          const read = readToken(token, fixture);
          return read !== undefined && crypto.subtle.verify(algorithm, key, read.signature, read.signed);
        };
      },
    },
    {
      name: "node:crypto, by hand",
      prepare: async (fixture) => {
        const { createPublicKey, verify } = await import("node:crypto");
        const key = { key: createPublicKey(fixture.pem), dsaEncoding: "ieee-p1363" } as const;
        return (token) => {
          const read = readToken(token, fixture);
          return read !== undefined && verify("sha256", read.signed, key, read.signature);
        };
      },
    },
    {
      name: "@noble/curves, by hand",
      prepare: async (fixture) => {
        const { p256 } = await import("peer:@noble/curves/nist.js");
        const point = pointOf(fixture.jwk);
        return (token) => {
          const read = readToken(token, fixture);
          return read !== undefined && p256.verify(read.signature, read.signed, point, { lowS: false });
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
