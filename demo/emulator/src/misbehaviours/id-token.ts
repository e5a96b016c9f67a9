import { randomBytes, randomUUID } from "node:crypto";
import { newEcKeyPair } from "@honnin/synthetic-jpki";
import { compact, hmac, leftHalfHash, signer } from "../jws.js";
import type { RealmKeys } from "../keys.js";
import type { Draft, IdTokenMisbehaviour } from "./kinds.js";

const HOUR = 3600;

const now = () => Math.floor(Date.now() / 1000);

/** Signs a possibly wrong token with the right key. */
function signed({ header, claims }: Draft, keys: RealmKeys): string {
  return compact(header, JSON.stringify(claims), signer(keys.ec));
}

/** The right token except for some claims. */
function claims(changes: (claims: Draft["claims"]) => Draft["claims"]): IdTokenMisbehaviour["apply"] {
  return (draft, keys) => signed({ ...draft, claims: { ...draft.claims, ...changes(draft.claims) } }, keys);
}

/** The right token without one claim. */
function without(name: string): IdTokenMisbehaviour["apply"] {
  return (draft, keys) => {
    const { [name]: _, ...rest } = draft.claims;
    return signed({ ...draft, claims: rest }, keys);
  };
}

/** A key pair of another party, with the realm's `kid` or with its public key in the header. */
function forged(draft: Draft, embed: boolean): string {
  const pair = newEcKeyPair("P-256");
  const header = embed ? { ...draft.header, jwk: pair.publicKey.export({ format: "jwk" }) } : draft.header;
  return compact(header, JSON.stringify(draft.claims), signer({ kid: "", alg: "ES256", ...pair }));
}

export const idTokenMisbehaviours: readonly IdTokenMisbehaviour[] = [
  {
    id: "wrong-issuer",
    target: "id-token",
    title: { ja: "issが違う", en: "Wrong iss" },
    apply: claims(() => ({ iss: "https://other-issuer.example/api/realms/main" })),
  },
  {
    id: "issuer-trailing-slash",
    target: "id-token",
    title: { ja: "issの末尾に余分な/がある", en: "iss with a trailing slash" },
    apply: claims(({ iss }) => ({ iss: `${iss}/` })),
  },
  {
    id: "wrong-audience",
    target: "id-token",
    title: { ja: "audが別のクライアント", en: "aud is another client" },
    apply: claims(() => ({ aud: "otherClient" })),
  },
  {
    id: "extra-audience",
    target: "id-token",
    title: { ja: "audに知らないクライアントが加わっている", en: "aud also contains an unknown client" },
    apply: claims(({ aud }) => ({ aud: [aud, "otherClient"] })),
  },
  {
    id: "wrong-authorized-party",
    target: "id-token",
    title: { ja: "azpが別のクライアント", en: "azp is another client" },
    apply: claims(() => ({ azp: "otherClient" })),
  },
  {
    id: "wrong-nonce",
    target: "id-token",
    title: { ja: "nonceが違う", en: "Wrong nonce" },
    apply: claims(() => ({ nonce: randomBytes(32).toString("base64url") })),
  },
  {
    id: "missing-nonce",
    target: "id-token",
    title: { ja: "nonceがない", en: "No nonce" },
    apply: without("nonce"),
  },
  {
    id: "wrong-at-hash",
    target: "id-token",
    title: { ja: "at_hashが違う", en: "Wrong at_hash" },
    apply: claims(() => ({ at_hash: leftHalfHash(randomUUID()) })),
  },
  {
    id: "missing-sub",
    target: "id-token",
    title: { ja: "subがない", en: "No sub" },
    apply: without("sub"),
  },
  {
    id: "missing-expiry",
    target: "id-token",
    title: { ja: "expがない", en: "No exp" },
    apply: without("exp"),
  },
  {
    id: "expiry-as-text",
    target: "id-token",
    title: { ja: "expが数値ではなく文字列", en: "exp is a string instead of a number" },
    apply: claims(({ exp }) => ({ exp: String(exp) })),
  },
  {
    id: "expired",
    target: "id-token",
    title: { ja: "有効期限が切れている", en: "Expired" },
    apply: claims(() => ({ iat: now() - 2 * HOUR, auth_time: now() - 2 * HOUR, exp: now() - HOUR })),
  },
  {
    id: "issued-in-future",
    target: "id-token",
    title: { ja: "未来に発行されている", en: "Issued in the future" },
    apply: claims(() => ({ iat: now() + HOUR, exp: now() + 2 * HOUR })),
  },
  {
    id: "not-yet-valid",
    target: "id-token",
    title: { ja: "まだ有効でない（nbf）", en: "Not yet valid (nbf)" },
    apply: claims(() => ({ nbf: now() + HOUR, exp: now() + 2 * HOUR })),
  },
  {
    id: "broken-signature",
    target: "id-token",
    title: { ja: "署名が壊れている", en: "Invalid signature" },
    apply: ({ header, claims: payload }, keys) =>
      compact(header, JSON.stringify(payload), (input) => {
        const signature = signer(keys.ec)(input);
        signature.writeUInt8(signature.readUInt8(10) ^ 1, 10);
        return signature;
      }),
  },
  {
    id: "forged-signature",
    target: "id-token",
    title: { ja: "他人の鍵による署名", en: "Signed with another party's key" },
    apply: (draft) => forged(draft, false),
  },
  {
    id: "embedded-key",
    target: "id-token",
    title: {
      ja: "他人の鍵による署名で、その鍵がヘッダーに入っている",
      en: "Signed with another party's key, given in the header",
    },
    apply: (draft) => forged(draft, true),
  },
  {
    id: "alg-none",
    target: "id-token",
    title: { ja: "algがnoneで署名がない", en: "alg none, no signature" },
    apply: ({ header, claims: payload }) =>
      compact({ ...header, alg: "none" }, JSON.stringify(payload), () => Buffer.alloc(0)),
  },
  {
    id: "hs256-public-pem",
    target: "id-token",
    title: { ja: "公開鍵（PEM）を共通鍵にしたHS256", en: "HS256 with the public key (PEM) as the secret" },
    apply: ({ header, claims: payload }, keys) => {
      const pem = keys.ec.publicKey.export({ type: "spki", format: "pem" });
      return compact({ ...header, alg: "HS256" }, JSON.stringify(payload), hmac(pem));
    },
  },
  {
    id: "hs256-public-jwk",
    target: "id-token",
    title: { ja: "公開鍵（JWK）を共通鍵にしたHS256", en: "HS256 with the public key (JWK) as the secret" },
    apply: ({ header, claims: payload }, keys) => {
      const jwk = keys.jwkSet().keys.find(({ kid }) => kid === keys.ec.kid);
      return compact({ ...header, alg: "HS256" }, JSON.stringify(payload), hmac(JSON.stringify(jwk)));
    },
  },
  {
    id: "rs256-realm-key",
    target: "id-token",
    title: {
      ja: "アクセストークン用のRSA鍵によるRS256",
      en: "RS256 with the realm's RSA key for access tokens",
    },
    apply: ({ header, claims: payload }, keys) =>
      compact({ ...header, alg: "RS256", kid: keys.rsa.kid }, JSON.stringify(payload), signer(keys.rsa)),
  },
  {
    id: "unknown-kid",
    target: "id-token",
    title: { ja: "kidがJWK Setにない", en: "kid is not in the JWK Set" },
    apply: (draft, keys) =>
      signed({ ...draft, header: { ...draft.header, kid: randomBytes(18).toString("base64url") } }, keys),
  },
  {
    id: "crit-header",
    target: "id-token",
    title: { ja: "知らない拡張がcritに入っている", en: "crit names an unknown extension" },
    apply: (draft, keys) => {
      const name = "urn:example:emulator";
      return signed({ ...draft, header: { ...draft.header, crit: [name], [name]: true } }, keys);
    },
  },
  {
    id: "duplicate-member",
    target: "id-token",
    title: { ja: "JSONのメンバー（sub）が2つある", en: "A duplicate JSON member (sub)" },
    apply: ({ header, claims: payload }, keys) => {
      const text = JSON.stringify(payload);
      return compact(header, `{"sub":${JSON.stringify(randomUUID())},${text.slice(1)}`, signer(keys.ec));
    },
  },
  {
    id: "malformed-token",
    target: "id-token",
    title: { ja: "JWSの形をしていない", en: "Not a JWS" },
    apply: (draft, keys) => signed(draft, keys).split(".").slice(0, 2).join("."),
  },
  {
    id: "missing-id-token",
    target: "id-token",
    title: { ja: "応答にid_tokenがない", en: "The response has no id_token" },
    apply: () => undefined,
  },
];
