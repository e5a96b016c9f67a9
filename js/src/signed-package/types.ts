import type {
  GeneralCertificateOptions,
  JpkiCards,
  JpkiCertificateOptions,
} from "../certificates/certificate-options.js";
import type { SignatureScheme } from "../certificates/signature-scheme.js";
import type { DocumentHash } from "../documents/digest-document.js";
import type { Report } from "../report.js";

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
  /** The format's member `environment`. */
  readonly cards: JpkiCards | null;
  /** The ID of the signature transaction. */
  readonly transaction?: string | undefined;
  /** The steps of the verification when the package was created. */
  readonly report: Report;
}

/**
 * A signature of a card, with everything that is needed to verify it years later without a network: what `readSignedPackage` reads of
 * a {@link SignedPackageJson}. Members are called as they are there, but for `claims.cards`; what is base64 there is bytes here.
 */
export interface SignedPackage {
  readonly format: "honnin-signed-package";
  readonly version: 1;
  readonly document: DocumentReference;
  /** The digest of the document. */
  readonly digest: { readonly algorithm: DocumentHash; readonly value: Uint8Array<ArrayBuffer> };
  readonly signature: {
    readonly scheme: SignatureScheme;
    /** The input to the card: the bare digest, or a DigestInfo (RFC 8017 §9.2). */
    readonly form: "bare" | "digest-info";
    /** The encoding of an ECDSA signature; missing for RSA. */
    readonly ecdsaForm?: "der" | "raw" | undefined;
    readonly value: Uint8Array<ArrayBuffer>;
  };
  /** The signer's certificate: in DER. Personal data: it contains name, address, date of birth and gender. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Evidence of revocation, in DER, and the latest thisUpdate among it, in seconds since 1970. */
  readonly evidence: {
    readonly time: number | null;
    readonly crls: readonly Uint8Array<ArrayBuffer>[];
    readonly ocspResponses: readonly Uint8Array<ArrayBuffer>[];
  };
  /** RFC 3161 TimeStampTokens over the signature's value, in DER. */
  readonly timestamps: readonly Uint8Array<ArrayBuffer>[];
  readonly claims: PackageClaims;
}

/** The JSON of a signed package, as `JSON.parse` gives it: the format itself. Bytes are base64. */
export interface SignedPackageJson {
  readonly format: "honnin-signed-package";
  readonly version: 1;
  readonly document: DocumentReference;
  readonly digest: { readonly algorithm: DocumentHash; readonly value: string };
  readonly signature: Omit<SignedPackage["signature"], "value"> & { readonly value: string };
  readonly certificate: string;
  readonly evidence: {
    readonly time: number | null;
    readonly crls: readonly string[];
    readonly ocspResponses: readonly string[];
  };
  readonly timestamps: readonly string[];
  readonly claims: Omit<PackageClaims, "cards"> & { readonly environment: JpkiCards | null };
}

/** Options for the certificate, as `CertificateOptions`, but the package contains the revocation evidence. */
export type PackageCertificateOptions =
  | Omit<JpkiCertificateOptions, "revocation">
  | Omit<GeneralCertificateOptions, "revocation">;
