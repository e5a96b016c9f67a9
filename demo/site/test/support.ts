import type { Step } from "honnin";
import type {
  Holder,
  Language,
  LoginResult,
  PageContext,
  ServiceKind,
  SignatureFacts,
  SigningResult,
} from "../src/index.ts";
import type { VerificationFacts } from "../src/verification/result.ts";

export const assets = {
  styles: "/assets/styles.1.css",
  script: "/assets/enhance.1.js",
  icon: "/assets/icon.1.svg",
  element: "/assets/element.1.js",
  sign: "/assets/sign.1.js",
  verify: "/assets/verify.1.js",
  wasm: "/assets/honnin.1.wasm",
  sample: "/assets/sample.1.pdf",
};

export function contextOf(lang: Language, service: ServiceKind = "emulator"): PageContext {
  return { lang, service, assets };
}

export const steps: readonly Step[] = [
  {
    id: "size",
    status: "passed",
    reference: "honnin: maxTokenBytes",
    detail: "900 bytes; the limit is 65536",
  },
  {
    id: "signature",
    status: "passed",
    reference: "OpenID Connect Core 1.0 §3.1.3.7 (6)",
    detail: "verified with this key (ES256)",
  },
  { id: "not-before", status: "skipped", reference: "RFC 7519 §4.1.5", detail: "the token has no nbf" },
];

const everything = ["openid", "name", "address", "birthdate", "gender"];

export function loginOf(changes: Partial<LoginResult> = {}): LoginResult {
  return {
    sub: "a-pairwise-subject",
    issuer: "http://127.0.0.1:8080/api/realms/honnin-emulator",
    requestedScopes: everything,
    grantedScopes: everything,
    user: {
      name: "架空　花子",
      address: { raw: "見本県見本市１－２－３", text: "見本県見本市１－２－３" },
      birthdate: { raw: "19800217", parsed: { year: 1980, month: 2, day: 17 } },
      gender: { raw: "2", parsed: "female" },
    },
    claims: { iss: "http://127.0.0.1:8080/api/realms/honnin-emulator", sub: "a-pairwise-subject" },
    report: { steps },
    ...changes,
  };
}

const signatureSteps: readonly Step[] = [
  { id: "signature", status: "passed", reference: "RFC 8017 §8.2.2", detail: "rsa-pkcs1-sha256" },
  { id: "revocation", status: "passed", reference: "RFC 5280 §6.1.3 (a)(3)", detail: "not revoked" },
  {
    id: "known-authority",
    status: "skipped",
    reference: "JPKI",
    detail: "the CA is not one of the published CAs",
  },
];

/** A signer whose certificate ends on 2030-02-17, a birthday. */
export function signatureOf(changes: Partial<SignatureFacts> = {}): SignatureFacts {
  const authority = "OU=Emulator,OU=JPKI for digital signature,O=HONNIN-TEST,C=JP";
  return {
    scheme: "rsa-pkcs1-sha256",
    path: [
      {
        subject: "CN=opaque-of-the-holder,L=Mihon-shi,L=Kakuu-ken,C=JP",
        issuer: authority,
        serialNumber: "51004000",
        notBefore: Date.parse("2025-11-21T15:00:00Z") / 1000,
        notAfter: Date.parse("2030-02-17T14:59:59Z") / 1000,
        sha256: "ab".repeat(32),
        revocation: { status: "good" },
      },
    ],
    anchor: {
      subject: authority,
      issuer: authority,
      serialNumber: "1e8598",
      notBefore: Date.parse("2022-12-31T15:00:00Z") / 1000,
      notAfter: Date.parse("2033-01-01T14:59:59Z") / 1000,
      sha256: "cd".repeat(32),
    },
    revocation: { status: "good" },
    profile: {
      name: "jpki-sign-test",
      hierarchy: "sign",
      cards: "test",
      authority: null,
      generation: null,
    },
    warnings: ["unknown-authority"],
    report: { steps: signatureSteps },
    ...changes,
  };
}

/** 2026-11-25 19:04:05 in Japan. */
export const evidenceTime = Date.parse("2026-11-25T10:04:05Z") / 1000;

export function signingOf(changes: Partial<SigningResult> = {}): SigningResult {
  return {
    document: { name: "契約書.pdf", mediaType: "application/pdf", size: 1_234_567 },
    digest: { algorithm: "sha256", value: "0123456789abcdef".repeat(4) },
    form: "digest-info",
    signature: signatureOf(),
    evidence: { time: evidenceTime, crls: 0, ocspResponses: 1 },
    loginReport: { steps },
    ...changes,
  };
}

export function verificationOf(changes: Partial<VerificationFacts> = {}): VerificationFacts {
  const { document, digest, signature, evidence } = signingOf();
  return {
    ...{ document, digest, signature, evidence },
    claims: {
      createdAt: evidenceTime + 1,
      cards: "test",
      profile: "jpki-sign-test",
      transaction: "a-uuid",
    },
    asOf: evidenceTime,
    asOfSource: "evidence",
    timestamp: { status: "not-enclosed" },
    ...changes,
  };
}

export function holderOf(changes: Partial<Holder> = {}): Holder {
  return {
    name: { raw: "架空　花子", mask: "00000", substituted: [] },
    address: { raw: "見本県見本市１－２－３", mask: null, substituted: [3, 4] },
    birthDate: { raw: "319800217", era: "showa", year: 1980, month: 2, day: 17, date: "1980-02-17" },
    gender: { raw: "2", parsed: "female" },
    others: [],
    warnings: [],
    ...changes,
  };
}

/** The part of a page about one basic item. */
export function itemOf(page: string, item: string): string {
  const start = page.indexOf(`data-item="${item}"`);
  return page.slice(start, page.indexOf("</div>", start));
}

const voidElements = ["br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"];

/** Throws unless every element of the page is closed in order and its attributes are quoted. */
export function assertWellFormed(page: string): void {
  const open: string[] = [];
  const withoutDoctype = page.replace(/^<!doctype html>/, "");
  for (const [tag, closing, name = "", attributes = ""] of withoutDoctype.matchAll(
    /<(\/?)([a-z][a-z0-9-]*)([^<>]*)>/g,
  )) {
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`${tag} closes nothing`);
    } else {
      if (!/^(\s+[a-zA-Z-]+(="[^"]*")?)*\s*\/?$/.test(attributes))
        throw new Error(`${tag} has odd attributes`);
      if (!voidElements.includes(name)) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(", ")}`);
  const strayed = withoutDoctype.replace(/<\/?[a-z][a-z0-9]*[^<>]*>/g, "").match(/[<>]/);
  if (strayed !== null) throw new Error("a bracket stands alone");
}
