import type {
  CertificateDescription,
  CertificateWarning,
  Holder,
  PathCertificate,
  Report,
  Revocation,
  SignatureScheme,
  VerifiedProfile,
} from "honnin";
import type { BasicItems, Birthdate, Gender } from "honnin/relying-party";

export type {
  BasicItems,
  Birthdate,
  CertificateDescription,
  Gender,
  Holder,
  PathCertificate,
  Report,
  Revocation,
  SignatureScheme,
  VerifiedProfile,
};

export type Language = "ja" | "en";

/** The four basic items (基本4情報), in the order shown; they are the names of their scopes. */
export const basicItemNames = ["name", "address", "birthdate", "gender"] as const;
export type BasicItemName = (typeof basicItemNames)[number];

/** What stands at the other end: it decides what a page says about cards and about people. */
export type ServiceKind = "emulator" | "sandbox" | "production";

/** What every page needs to know. */
export interface PageContext {
  readonly lang: Language;
  readonly service: ServiceKind;
  readonly assets: AssetPaths;
}

/** The addresses of the assets, with their content's hash in the name. */
export interface AssetPaths {
  readonly styles: string;
  readonly script: string;
  readonly icon: string;
  /** The script of the page that signs. */
  readonly sign: string;
  /** The script of the page that verifies. */
  readonly verify: string;
  /** The verifier, which those two may load. */
  readonly wasm: string;
  /** The document that this site offers for signing. */
  readonly sample: string;
}

/** One login as it is kept for the result page. Holds no token. */
export interface LoginResult {
  readonly sub: string;
  readonly issuer: string;
  /** The scopes of the authorization request. */
  readonly requestedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  readonly user?: BasicItems;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly report: Report;
}

/** What was signed, as its signer or its maker calls it. */
export interface DocumentFacts {
  readonly name: string;
  readonly mediaType?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** Of a document that this site offered. */
  readonly id?: string | undefined;
}

export interface DigestFacts {
  readonly algorithm: "sha256" | "sha384" | "sha512";
  /** Hexadecimal, two digits a byte. */
  readonly value: string;
}

/** What a verification found out: the signature, the certificates behind it, their revocation. */
export interface SignatureFacts {
  readonly scheme: SignatureScheme;
  readonly path: readonly PathCertificate[];
  readonly anchor: CertificateDescription;
  readonly revocation: Revocation;
  readonly profile: VerifiedProfile | null;
  readonly warnings: readonly CertificateWarning[];
  readonly report: Report;
}

/** The evidence of revocation that a package encloses. */
export interface EvidenceFacts {
  /** Seconds since 1970; `null` where there is no evidence. */
  readonly time: number | null;
  readonly crls: number;
  readonly ocspResponses: number;
}

/** One signature as it is kept for its result page. The holder's data are in the package only. */
export interface SigningResult {
  readonly document: DocumentFacts;
  readonly digest: DigestFacts;
  readonly form: "bare" | "digest-info";
  readonly signature: SignatureFacts;
  readonly evidence: EvidenceFacts;
  readonly loginReport: Report;
}
