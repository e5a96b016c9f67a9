import type { Now } from "../time.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import type { RevocationOptions } from "./revocation.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** The bits of keyUsage (RFC 5280 §4.2.1.3). `contentCommitment` is another name for `nonRepudiation`. */
export type KeyUsage =
  | "digitalSignature"
  | "nonRepudiation"
  | "contentCommitment"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

/** Cards of people, or the test cards that J-LIS issues. */
export type JpkiCards = "production" | "test";

/** A custom profile, for a synthetic hierarchy or a new kind of certificate. */
export interface JpkiProfile {
  /** The name of the profile in results and reports. */
  readonly name: string;
  /** 署名用 or 利用者証明用. They are never mixed. */
  readonly hierarchy: "sign" | "auth";
  /** Default: neither. */
  readonly cards?: JpkiCards | undefined;
  /** `organizationName` of the issuer. */
  readonly organization: string;
  /** The first `organizationalUnitName` of the issuer. Default: any that does not belong to the other hierarchy. */
  readonly unit?: string | undefined;
  /** Object identifiers of the accepted policies. The certificate must have exactly one policy, which is in this list. */
  readonly policies: readonly string[];
  /** The certificate must have exactly these bits, and the extension must be critical. */
  readonly keyUsage: readonly KeyUsage[];
  /** Object identifiers: the certificate must have exactly these purposes. Default: the extension must be missing. */
  readonly extendedKeyUsage?: readonly string[] | undefined;
  /** The allowed signature schemes of the CA. The certificate's own key must be suitable for one of them too. */
  readonly schemes: readonly SignatureScheme[];
}

/** Limits on the work that input can cause. Beyond them, the codes are `path-budget-exhausted` and `policy-budget-exhausted`. */
export interface CertificateLimits {
  /** The maximum total size of the input in bytes, including fetched evidence. Default 67,108,864; beyond it, `input-too-large`. */
  readonly inputBytes?: number | undefined;
  /** The maximum size of a certificate in bytes. Default 65,536. */
  readonly certificateBytes?: number | undefined;
  /** The maximum number of intermediate certificates. Default 10,000. */
  readonly intermediates?: number | undefined;
  /** The maximum number of certificates in a path, including self-issued ones and without the trust anchor. Default 10. */
  readonly pathLength?: number | undefined;
  /** The maximum number of signature checks for all paths together, in units of one RSA-2048 check. Default 60. */
  readonly signatures?: number | undefined;
  /** The maximum number of candidate issuers for all paths together. Default 5,000. */
  readonly candidates?: number | undefined;
  /** The maximum number of nodes and edges in the policy graph (RFC 9618). Default 4,096. */
  readonly policies?: number | undefined;
  /**
   * The maximum number of name comparisons, in units of 32 bytes: names with each other and with name constraints, distribution points
   * with those of CRLs, and the hashing of certificates that a signer names. Default 80,000.
   */
  readonly nameComparisons?: number | undefined;
  /** The maximum number of CRLs, and of OCSP responses. Default 4,096 each. */
  readonly evidence?: number | undefined;
  /** The maximum number of bytes of CRL entries that are scanned, for all scans together. Default 536,870,912. */
  readonly scannedBytes?: number | undefined;
}

/** Whether the constraints in the certificate of a trust anchor apply. */
export type AnchorConstraints = "apply" | "ignore";

/** Options of every verification of a certificate. */
export interface CommonCertificateOptions {
  /**
   * The trust anchors: certificates in DER or PEM. A PEM text may contain several. Nothing else is trusted. One that cannot
   * be read is ignored and named in `warnings`; it is an error if none is left. With a profile, give the certificates that J-LIS
   * publishes, of all generations; those of the other hierarchy or other cards are not used.
   */
  readonly anchors: DerOrPem | readonly DerOrPem[];
  /**
   * Which data in the certificate of a trust anchor apply, in addition to name and key. `"apply"` (default): everything that
   * constrains paths (RFC 5937 §3): validity period, keyUsage, basicConstraints with pathLenConstraint, name constraints, policies
   * and policy constraints, purposes, and unknown critical extensions. `"ignore"`: nothing, as in RFC 5280 §6.1.1 (d).
   */
  readonly anchorConstraints?: AnchorConstraints | undefined;
  /** Intermediate certificates for path building, in any order. They are not trusted. Unreadable ones are ignored. */
  readonly intermediates?: DerOrPem | readonly DerOrPem[] | undefined;
  /** Revocation evidence and its requirements. Default: no evidence, and nothing required. */
  readonly revocation?: RevocationOptions | undefined;
  readonly limits?: CertificateLimits | undefined;
  /** The verification time: a `Date`, Unix time in seconds, or a function that returns one of these and is called once. Default: the clock of this machine. */
  readonly now?: Now | undefined;
}

/** A certificate of the My Number Card (公的個人認証サービス, JPKI). */
export interface JpkiCertificateOptions extends CommonCertificateOptions {
  /** `"jpki-sign"`: 署名用電子証明書; `"jpki-auth"`: 利用者証明用電子証明書; or a custom profile. */
  readonly profile: "jpki-sign" | "jpki-auth" | JpkiProfile;
  /** For a profile that is given by its name. Default `"production"`: test cards are accepted only if you set `"test"`. */
  readonly cards?: JpkiCards | undefined;
  /** `organizationName` of the issuer instead of that of the profile, for a synthetic hierarchy. */
  readonly organization?: string | undefined;
  /** Object identifiers of accepted policies, in addition to those of the profile. */
  readonly policies?: readonly string[] | undefined;
}

/** Any other certificate: the inputs of RFC 5280 §6.1.1. */
export interface GeneralCertificateOptions extends CommonCertificateOptions {
  readonly profile?: undefined;
  /** user-initial-policy-set, as object identifiers. Default: any policy. */
  readonly policies?: readonly string[] | undefined;
  /** initial-explicit-policy: the path must be valid under one of `policies`. Default: true if `policies` is set. */
  readonly explicitPolicy?: boolean | undefined;
  /** initial-policy-mapping-inhibit. Default false. */
  readonly inhibitPolicyMapping?: boolean | undefined;
  /** initial-any-policy-inhibit. Default false. */
  readonly inhibitAnyPolicy?: boolean | undefined;
  /** initial-permitted-subtrees and initial-excluded-subtrees: the DER of a NameConstraints (RFC 5280 §4.2.1.10). */
  readonly nameConstraints?: Bytes | undefined;
  /** Bits that keyUsage of the certificate must have. Default: not checked. */
  readonly keyUsage?: readonly KeyUsage[] | undefined;
  /** The object identifier of a purpose that extKeyUsage must allow, if the extension is present. Default: not checked. */
  readonly purpose?: string | undefined;
  /** Like `purpose`, and extKeyUsage of the certificate must be present and contain it: `"1.3.6.1.5.5.7.3.2"` is clientAuth. */
  readonly extendedKeyUsage?: string | undefined;
  /** Whether to accept signatures with SHA-1, which is broken. Default false. */
  readonly allowSha1?: boolean | undefined;
}

/** Options to verify a certificate: with a profile of the My Number Card, or with RFC 5280 only. */
export type CertificateOptions = JpkiCertificateOptions | GeneralCertificateOptions;
