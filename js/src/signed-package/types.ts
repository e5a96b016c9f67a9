import type {
  GeneralCertificateOptions,
  JpkiCertificateOptions,
} from "../certificates/certificate-options.js";
import type { SignatureScheme } from "../certificates/signature-scheme.js";
import type { DocumentHash } from "../documents/digest-document.js";
import type { Report } from "../report.js";

/** The signature schemes of packages: those of today's card, and of the next card. */
export type PackageScheme = Extract<
  SignatureScheme,
  "rsa-pkcs1-sha256" | "rsa-pkcs1-bare" | "ecdsa-p384-sha384"
>;

/** The creator's description of the document. The signature does not cover it. */
export interface DocumentReference {
  /** At most 1,000 characters. Escape it before you show it. */
  readonly name: string;
  readonly mediaType?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
}

/** Statements of the creator. Nobody guarantees them. */
export interface PackageClaims {
  /** Unix time in seconds. */
  readonly createdAt: number;
  /** The name of the certificate's profile. */
  readonly profile: string | null;
  readonly environment: "production" | "test" | null;
  /** The ID of the signature transaction. */
  readonly transaction?: string | undefined;
  /** The steps of the verification when the package was created. */
  readonly report: Report;
}

/** A signature of a card, with everything that is needed to verify it years later without a network. */
export interface SignedPackage {
  readonly format: "honnin-signed-package";
  readonly version: 1;
  readonly document: DocumentReference;
  /** The digest of the document; `value` in base64. */
  readonly digest: { readonly algorithm: DocumentHash; readonly value: string };
  readonly signature: {
    readonly scheme: SignatureScheme;
    /** The input to the card: the bare digest, or a DigestInfo (RFC 8017 §9.2). */
    readonly form: "bare" | "digest-info";
    /** The encoding of an ECDSA signature; missing for RSA. */
    readonly ecdsaForm?: "der" | "raw" | undefined;
    /** The signature value in base64. */
    readonly value: string;
  };
  /** The signer's certificate: DER in base64. Personal data: it contains name, address, date of birth and gender. */
  readonly certificate: string;
  /** Revocation evidence: DER in base64, and its latest thisUpdate as Unix time in seconds. */
  readonly evidence: {
    readonly time: number | null;
    readonly crls: readonly string[];
    readonly ocspResponses: readonly string[];
  };
  /** RFC 3161 TimeStampTokens for the signature value: DER in base64. */
  readonly timestamps: readonly string[];
  readonly claims: PackageClaims;
}

/** Options for the certificate, as `CertificateOptions`, but the package contains the revocation evidence. */
export type PackageCertificateOptions =
  | Omit<JpkiCertificateOptions, "revocation">
  | Omit<GeneralCertificateOptions, "revocation">;
