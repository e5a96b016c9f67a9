import type {
  GeneralCertificateOptions,
  JpkiCertificateOptions,
} from "../certificates/certificate-options.js";
import type { SignatureScheme } from "../certificates/signature-scheme.js";
import type { DocumentHash } from "../documents/digest-document.js";
import type { Report } from "../report.js";

/** How signatures in packages are made: what the card does today, and what the next card does. */
export type PackageScheme = Extract<
  SignatureScheme,
  "rsa-pkcs1-sha256" | "rsa-pkcs1-bare" | "ecdsa-p384-sha384"
>;

/** What the maker calls the document. The signature does not cover it: nobody vouches for the name. */
export interface DocumentReference {
  /** At most 1,000 characters. Escape it wherever it is shown. */
  readonly name: string;
  readonly mediaType?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
}

/** What the maker says. Nobody vouches for it. */
export interface PackageClaims {
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** The name of the profile that the certificate had. */
  readonly profile: string | null;
  readonly environment: "production" | "test" | null;
  /** The number of the signing transaction. */
  readonly transaction?: string | undefined;
  /** The steps of the verification when the package was made. */
  readonly report: Report;
}

/** A signature made with the card, and all that it takes to verify it years later without a network. */
export interface SignedPackage {
  readonly format: "honnin-signed-package";
  readonly version: 1;
  readonly document: DocumentReference;
  /** Of the document; `value` in base64. */
  readonly digest: { readonly algorithm: DocumentHash; readonly value: string };
  readonly signature: {
    readonly scheme: SignatureScheme;
    /** What was handed to the card: the hash alone, or a DigestInfo of it (RFC 8017 §9.2). */
    readonly form: "bare" | "digest-info";
    /** Of a signature with ECDSA, and of no other. */
    readonly ecdsaForm?: "der" | "raw" | undefined;
    /** Base64. */
    readonly value: string;
  };
  /** The signer's, DER in base64. Personal data: it tells name, address, birth date and gender. */
  readonly certificate: string;
  /** Evidence of revocation, DER in base64, and the latest thisUpdate among it, in seconds since 1970. */
  readonly evidence: {
    readonly time: number | null;
    readonly crls: readonly string[];
    readonly ocspResponses: readonly string[];
  };
  /** RFC 3161 TimeStampTokens over the signature's value, DER in base64. */
  readonly timestamps: readonly string[];
  readonly claims: PackageClaims;
}

/** What the certificate is held to: as `CertificateOptions`, but the package brings the evidence of revocation. */
export type PackageCertificateOptions =
  | Omit<JpkiCertificateOptions, "revocation">
  | Omit<GeneralCertificateOptions, "revocation">;
