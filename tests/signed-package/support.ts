// Cards of a synthetic JPKI, what they sign, and packages made of it.
import {
  type CardForm,
  cardSign,
  createSyntheticJpki,
  digest,
  type Leaf,
  makeCrl,
  makeDelegatedResponder,
  nextCardProfile,
  ocspResponse,
  organization,
  samplePerson,
} from "@honnin/synthetic-jpki";
import {
  createSignedPackage,
  type HonninError,
  type PackageCertificateOptions,
  type SignedPackage,
  type SignedPackageJson,
  type SigningScheme,
  verifySignedPackage,
} from "honnin";

export const hour = 3_600;
export const year = 365 * 24 * hour;
const start = new Date("2026-11-20T03:00:00Z");
export const jpki = await createSyntheticJpki({ now: start, seed: "signed packages" });
/** When everything was signed. */
export const now = start.getTime() / 1000;
export const date = (seconds: number) => new Date(seconds * 1000);
export { samplePerson as person } from "@honnin/synthetic-jpki";
export const today = await jpki.issueSignCertificate(samplePerson);
export const next = await jpki.issueSignCertificate(samplePerson, { authority: jpki.sign.nextCard });

export const documentBytes = new TextEncoder().encode("委任状 No. 1\n".repeat(99));

/** A card, and one way in which it signs. */
export interface Way {
  readonly name: string;
  readonly leaf: Leaf;
  readonly scheme: SigningScheme;
  readonly form: "bare" | "digest-info";
  readonly ecdsaForm?: "der" | "raw";
  readonly hash: "sha256" | "sha384";
  readonly card: CardForm;
}

export const ways: readonly Way[] = [
  {
    name: "RSA, DigestInfo",
    leaf: today,
    scheme: "rsa-pkcs1-sha256",
    form: "digest-info",
    hash: "sha256",
    card: "digest-info",
  },
  { name: "RSA, bare", leaf: today, scheme: "rsa-pkcs1-bare", form: "bare", hash: "sha256", card: "bare" },
  {
    name: "P-384, r‖s",
    leaf: next,
    scheme: "ecdsa-p384-sha384",
    form: "bare",
    ecdsaForm: "raw",
    hash: "sha384",
    card: "raw-ecdsa",
  },
  {
    name: "P-384, DER",
    leaf: next,
    scheme: "ecdsa-p384-sha384",
    form: "digest-info",
    ecdsaForm: "der",
    hash: "sha384",
    card: "der-ecdsa",
  },
];

export const anchors = [...jpki.sign.generations, jpki.sign.nextCard].map(({ certificate }) => certificate);

export function rules(leaf: Leaf, time = now): PackageCertificateOptions {
  const common = { anchors, organization, now: time };
  if (leaf.authority !== jpki.sign.nextCard) return { ...common, profile: "jpki-sign", cards: "test" };
  return {
    ...common,
    profile: { ...nextCardProfile, cards: "test" },
  };
}

export async function ocspOf(leaf: Leaf, thisUpdate = now - hour, more: object = {}): Promise<Uint8Array> {
  const responder = makeDelegatedResponder(leaf.authority, {
    key: await jpki.makeKey("responder", leaf.authority.key.kind),
    serial: new Uint8Array([0x55]),
    notBefore: date(now - year),
    notAfter: date(now + year),
  });
  return ocspResponse({
    certificate: leaf,
    status: "good",
    thisUpdate: date(thisUpdate),
    nextUpdate: date(thisUpdate + 8 * hour),
    responder,
    ...more,
  });
}

export const revokedSerial = new Uint8Array([0x10, 0x20, 0x30]);

export function crlOf(leaf: Leaf, thisUpdate = now - 2 * hour, more: object = {}): Uint8Array {
  return makeCrl({
    issuer: leaf.authority,
    thisUpdate: date(thisUpdate),
    nextUpdate: date(thisUpdate + 50 * hour),
    number: 7,
    entries: [{ serial: revokedSerial, date: date(thisUpdate - year), reason: "superseded" }],
    ...more,
  });
}

export type Kind = "ocsp" | "crl" | "both";

/** A package with this evidence, as JSON that can be changed. */
export async function makePackage(way: Way, kind: Kind): Promise<SignedPackageJson> {
  const hash = digest(way.hash, documentBytes);
  const text = await createSignedPackage({
    ...rules(way.leaf),
    document: { name: "委任状.txt", mediaType: "text/plain", size: documentBytes.length },
    digest: hash,
    scheme: way.scheme,
    form: way.form,
    ecdsaForm: way.ecdsaForm,
    signature: cardSign(way.leaf, hash, way.card),
    certificate: way.leaf.certificate,
    ...(kind === "crl" ? {} : { ocspResponses: await ocspOf(way.leaf) }),
    crls: crlOf(way.leaf),
  });
  const made: SignedPackageJson = JSON.parse(text);
  if (kind !== "both") return made;
  const crls = [Buffer.from(crlOf(way.leaf)).toString("base64")];
  return { ...made, evidence: { ...made.evidence, crls } };
}

/** The package as it is read: bytes in place of base64, and `cards` for the format's `environment`. */
export function decoded(made: SignedPackageJson): SignedPackage {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
  const { environment: cards, ...claims } = made.claims;
  return {
    ...made,
    digest: { ...made.digest, value: bytes(made.digest.value) },
    signature: { ...made.signature, value: bytes(made.signature.value) },
    certificate: bytes(made.certificate),
    evidence: {
      ...made.evidence,
      crls: made.evidence.crls.map(bytes),
      ocspResponses: made.evidence.ocspResponses.map(bytes),
    },
    timestamps: made.timestamps.map(bytes),
    claims: { ...claims, cards },
  };
}

/** How a package fares: `"valid"`, or the code that it is refused with. */
export async function judge(
  given: unknown,
  options: PackageCertificateOptions & { readonly [name: string]: unknown },
): Promise<string> {
  const text = typeof given === "string" ? given : JSON.stringify(given);
  try {
    await verifySignedPackage(text, { document: documentBytes, ...options } as never);
    return "valid";
  } catch (error) {
    const { name, code, message } = error as HonninError;
    return name === "HonninError" ? code : `not a HonninError: ${name}: ${message}`;
  }
}
