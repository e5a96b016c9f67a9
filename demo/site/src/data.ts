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

/** The kind of service. It determines what a page says about cards and people. */
export type ServiceKind = "emulator" | "sandbox" | "production";

/** The data that every page needs. */
export interface PageContext {
  readonly lang: Language;
  readonly service: ServiceKind;
  readonly assets: AssetPaths;
}

/** The URLs of the assets, with the hash of their content in the name. */
export interface AssetPaths {
  readonly styles: string;
  readonly script: string;
  readonly icon: string;
  /** The elements of honnin, for the home page. */
  readonly element: string;
  /** The script of the page that signs. */
  readonly sign: string;
  /** The script of the page that verifies. */
  readonly verify: string;
  /** The verifier, which those two may load. */
  readonly wasm: string;
  /** The document that this site offers for signing. */
  readonly sample: string;
}

/** The stored data of one login for the result page, without tokens. */
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

/** The signed document, as described by its signer or creator. */
export interface DocumentFacts {
  readonly name: string;
  readonly mediaType?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** The ID of a document that this site offers. */
  readonly id?: string | undefined;
}

export interface DigestFacts {
  readonly algorithm: "sha256" | "sha384" | "sha512";
  /** Hexadecimal, two digits a byte. */
  readonly value: string;
}

/** The result of a verification: the signature, its certificates, their revocation status. */
export interface SignatureFacts {
  readonly scheme: SignatureScheme;
  readonly path: readonly PathCertificate[];
  readonly anchor: CertificateDescription;
  readonly revocation: Revocation;
  readonly profile: VerifiedProfile | null;
  readonly warnings: readonly CertificateWarning[];
  readonly report: Report;
}

/** The revocation evidence in a package. */
export interface EvidenceFacts {
  /** Unix time in seconds; `null` without evidence. */
  readonly time: number | null;
  readonly crls: number;
  readonly ocspResponses: number;
}

/** The stored data of one signature for its result page. Only the package contains the holder's data. */
export interface SigningResult {
  readonly document: DocumentFacts;
  readonly digest: DigestFacts;
  readonly form: "bare" | "digest-info";
  readonly signature: SignatureFacts;
  readonly evidence: EvidenceFacts;
  readonly loginReport: Report;
}
