// Cards of a synthetic JPKI, what they sign, and how the provider wraps it.
import { createHash } from "node:crypto";
import {
  type CardForm,
  cardSign,
  createSyntheticJpki,
  type Leaf,
  makeCrl,
  nextCardProfile,
  organization,
  samplePerson,
} from "@honnin/synthetic-jpki";
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { PrivateJwk, SignerCertificateOptions } from "../../../src/relying-party/index.js";

export const jpki = await createSyntheticJpki({ seed: "the relying party's tests" });
/** Seconds since 1970. */
export const now = jpki.now.getTime() / 1000;
const hour = 3_600_000;

export { samplePerson as person } from "@honnin/synthetic-jpki";
export const today = await jpki.issueSignCertificate(samplePerson);
export const next = await jpki.issueSignCertificate(samplePerson, { authority: jpki.sign.nextCard });
export const revoked = await jpki.issueSignCertificate(samplePerson);
export const unknownPolicy = await jpki.issueSignCertificate(samplePerson, { policies: ["2.999.1"] });

export const anchors = [...jpki.sign.generations, jpki.sign.nextCard].map(({ certificate }) => certificate);

/** A CRL of a leaf's authority, which lists the revoked card. */
export function crlOf(leaf: Leaf): Uint8Array {
  return makeCrl({
    issuer: leaf.authority,
    thisUpdate: new Date(jpki.now.getTime() - hour),
    nextUpdate: new Date(jpki.now.getTime() + 50 * hour),
    number: 7,
    entries: [
      { serial: revoked.serial, date: new Date(jpki.now.getTime() - 9 * hour), reason: "affiliationChanged" },
    ],
  });
}

export function rules(leaf: Leaf = today): SignerCertificateOptions {
  const revocation = { crls: crlOf(leaf), require: "certificate" } as const;
  const common = { anchors, organization, cards: "test", revocation } as const;
  if (leaf.authority !== jpki.sign.nextCard) return { ...common, profile: "jpki-sign" };
  const { cards: _cards, ...rest } = common;
  return {
    ...rest,
    profile: { ...nextCardProfile, cards: "test" },
  };
}

/** What a card makes of what it is handed. */
export function sign(leaf: Leaf, data: Uint8Array, ecdsaForm: "der" | "raw" = "der"): Uint8Array {
  if (leaf.key.kind === "rsa") return cardSign(leaf, data, "bare");
  // ECDSA knows no DigestInfo: the hash in it is what is signed.
  const form: CardForm = ecdsaForm === "der" ? "der-ecdsa" : "raw-ecdsa";
  return cardSign(leaf, data.subarray(-48), form);
}

export const documentBytes = new TextEncoder().encode("委任状 No. 1\n".repeat(99));
export const digestOf = (hash: "sha256" | "sha384" = "sha256", bytes: Uint8Array = documentBytes) =>
  new Uint8Array(createHash(hash).update(bytes).digest());

export async function makeKey(alg: string, more: object = {}): Promise<{ pub: JWK; priv: PrivateJwk }> {
  const options = alg.startsWith("RSA") ? {} : { crv: "P-256" };
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options, ...more });
  const kid = `enc-${alg}`;
  const about = { kid, alg, use: "enc" };
  return {
    pub: { ...(await exportJWK(publicKey)), ...about },
    priv: { ...(await exportJWK(privateKey)), ...about } as PrivateJwk,
  };
}

export const rsaKey = await makeKey("RSA-OAEP-256");
export const ecKey = await makeKey("ECDH-ES");

export interface SealFields {
  readonly key?: JWK;
  readonly alg?: string;
  readonly enc?: string;
  readonly header?: object;
}

/** A JWE of any plaintext, made by jose. */
export async function encrypt(plaintext: string | Uint8Array, fields: SealFields = {}): Promise<string> {
  const { key = rsaKey.pub, alg = String(key.alg), enc = "A256GCM", header } = fields;
  const bytes = typeof plaintext === "string" ? new TextEncoder().encode(plaintext) : plaintext;
  const { alg: _alg, use: _use, ...bare } = key;
  return new CompactEncrypt(bytes)
    .setProtectedHeader({ alg, enc, ...(key.kid === undefined ? {} : { kid: key.kid }), ...header })
    .encrypt(await importJWK(bare, alg));
}

export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** What the service sends of a card's signature over this. */
export function payloadOf(leaf: Leaf, data: Uint8Array, ecdsaForm: "der" | "raw" = "der"): string {
  return JSON.stringify({
    signature: base64(sign(leaf, data, ecdsaForm)),
    certificate: base64(leaf.certificate),
  });
}
