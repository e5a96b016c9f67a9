import type { SignatureTexts } from "../signature-texts.ts";

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const signature: SignatureTexts = {
  document: {
    title: "The signed document",
    name: "File name",
    type: "Type",
    size: "Size",
    sizeUnknown: "Not recorded",
    download: "Open this document",
  },
  hash: (algorithm) => `Hash (${{ sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" }[algorithm]})`,
  bytes: (number) => `${grouped(number)} ${number === 1 ? "byte" : "bytes"}`,
  method: "Signature scheme",
  schemes: {
    "rsa-pkcs1-sha1": "RSA (PKCS #1 v1.5, SHA-1): no longer safe",
    "rsa-pkcs1-sha256": "RSA (PKCS #1 v1.5, SHA-256, with DigestInfo)",
    "rsa-pkcs1-sha384": "RSA (PKCS #1 v1.5, SHA-384)",
    "rsa-pkcs1-sha512": "RSA (PKCS #1 v1.5, SHA-512)",
    "rsa-pkcs1-bare": "RSA (PKCS #1 v1.5, bare hash)",
    "rsa-pss-sha256": "RSA (PSS, SHA-256)",
    "rsa-pss-sha384": "RSA (PSS, SHA-384)",
    "rsa-pss-sha512": "RSA (PSS, SHA-512)",
    "ecdsa-p256-sha256": "ECDSA (P-256, SHA-256)",
    "ecdsa-p384-sha384": "ECDSA (P-384, SHA-384): expected for next-generation cards",
  },

  chain: {
    title: "Certification path",
    label: "Diagram of the path from the CA to the document",
    summary: ({ authority, document, revocation }) =>
      `The CA “${authority}” issued the signer's certificate. The signer signed “${document}” with the key of that certificate. Revocation status of the certificate: ${revocation}.`,
    authority: "Certification authority (CA)",
    intermediate: "Intermediate CA",
    certificate: "Signing certificate",
    document: "Document",
    issues: "issues",
    signs: "signs",
    issuer: "Organisation",
    generation: "Generation",
    generationOf: (generation) => generation,
    unknownAuthority: "Not one of the published CAs",
    validity: "Valid",
    period: (from, until) => `${from} to ${until}`,
    someDay: (year) => `their birthday in ${year}`,
    untilHint:
      "A certificate expires on its holder's birthday, so the day is shown only together with the signer.",
    serial: "Serial number",
    fingerprint: "Fingerprint (SHA-256)",
    cards: "Type of card",
    cardTypes: { production: "Production", test: "Test", none: "Neither production nor test" },
  },

  revocation: {
    title: "Revocation status of the certificate",
    statuses: { good: "not revoked", unknown: "unknown", "not-checked": "not checked", revoked: "revoked" },
    meanings: {
      good: "The CA states that the certificate is not revoked.",
      unknown:
        "There is revocation evidence, but it does not cover this certificate. The certificate may be revoked.",
      "not-checked":
        "There is no revocation evidence, so the status was not checked. This does not mean “valid”.",
      revoked: "This certificate is revoked. Do not accept the signature.",
    },
    evidence: "Evidence",
    evidenceOf: (crls, ocspResponses) =>
      [
        ocspResponses > 0 ? count(ocspResponses, "OCSP response", "OCSP responses") : "",
        crls > 0 ? count(crls, "revocation list (CRL)", "revocation lists (CRL)") : "",
      ]
        .filter((part) => part !== "")
        .join(", "),
    noEvidence: "None",
    asOf: "As of",
    revokedAt: "Revoked at",
  },

  holder: {
    title: "Signer",
    hidden:
      "The certificate contains the signer's name, address, date of birth and gender. These are personal data, so they are not shown until you press the button.",
    show: "Show",
    hide: "Hide",
    missing: "Not in the certificate",
    unreadable: "The data could not be read from this certificate.",
    substituted: (number) =>
      number === 1
        ? "One character replaces another that the card cannot store."
        : `${number} characters replace others that the card cannot store.`,
  },

  checksTitle: "Checks of the signature",
};

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
