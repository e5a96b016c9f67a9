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

/** Statements of the creator. The signature does not cover them, and nothing confirms them. */
export interface PackageClaims {
  /** Unix time in seconds. */
  readonly createdAt: number;
  /** The name of the certificate's profile. */
  readonly profile: string | null;
  /** The member `environment` of the file. */
  readonly cards: JpkiCards | null;
  /** The ID of the signature transaction. */
  readonly transaction?: string | undefined;
  /** The steps of the verification when the package was created. */
  readonly report: Report;
}

/**
 * A signature of a card, with everything that is needed to verify it years later without a network. The decoded form of a
 * {@link SignedPackageJson}, with the same members: base64 values are bytes, and `claims.environment` is `claims.cards`.
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
  /** The signer's certificate in DER. Personal data: it contains name, address, date of birth and gender. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Revocation evidence in DER. `time` is its latest thisUpdate: Unix time in seconds; `null` without evidence. */
  readonly evidence: {
    readonly time: number | null;
    readonly crls: readonly Uint8Array<ArrayBuffer>[];
    readonly ocspResponses: readonly Uint8Array<ArrayBuffer>[];
  };
  /** RFC 3161 TimeStampTokens for the signature value in DER. */
  readonly timestamps: readonly Uint8Array<ArrayBuffer>[];
  readonly claims: PackageClaims;
}

/** The JSON of a signed package, as `JSON.parse` returns it. Bytes are base64. */
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

/** The options of `CertificateOptions` without `revocation`: the package contains the revocation evidence. */
export type PackageCertificateOptions =
  | Omit<JpkiCertificateOptions, "revocation">
  | Omit<GeneralCertificateOptions, "revocation">;
