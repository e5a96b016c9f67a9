import type { Now } from "../time.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";
import type { RevocationOptions } from "./revocation.js";
import type { SignatureScheme } from "./signature-scheme.js";

/** The bits of keyUsage (RFC 5280 §4.2.1.3). `contentCommitment` is another name of `nonRepudiation`. */
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

/** What a certificate has to be, written out: for a synthetic hierarchy, or a kind of certificate that is not known yet. */
export interface JpkiProfile {
  /** For results and reports. */
  readonly name: string;
  /** 署名用 or 利用者証明用. The two never mix. */
  readonly hierarchy: "sign" | "auth";
  /** Default: neither. */
  readonly cards?: JpkiCards | undefined;
  /** organizationName of the issuer. */
  readonly organization: string;
  /** The issuer's first organizationalUnitName. Default: any that is not the other hierarchy's. */
  readonly unit?: string | undefined;
  /** Object identifiers, one of which has to be the certificate's one policy. */
  readonly policies: readonly string[];
  /** These bits and no others, critical. */
  readonly keyUsage: readonly KeyUsage[];
  /** Object identifiers: these purposes and no others. Default: the extension must not be there. */
  readonly extendedKeyUsage?: readonly string[] | undefined;
  /** How the authority may have signed; the certificate's own key has to be one for these, too. */
  readonly schemes: readonly SignatureScheme[];
}

/** Bounds on the work that input can cause. Beyond them lie `path-budget-exhausted` and `policy-budget-exhausted`. */
export interface CertificateLimits {
  /** Bytes handed over together, evidence that was fetched included. Default 67,108,864; beyond it `input-too-large`. */
  readonly inputBytes?: number | undefined;
  /** The longest certificate, in bytes. Default 65,536. */
  readonly certificateBytes?: number | undefined;
  /** How many intermediates may be handed over. Default 10,000. */
  readonly intermediates?: number | undefined;
  /** How many certificates a path may have, self-issued ones too, the anchor not counted. Default 10. */
  readonly pathLength?: number | undefined;
  /** Signature checks of all paths together, in checks with RSA-2048. Default 60. */
  readonly signatures?: number | undefined;
  /** Candidates for issuers, all paths together. Default 5,000. */
  readonly candidates?: number | undefined;
  /** Nodes and edges of the policy graph (RFC 9618). Default 4,096. */
  readonly policies?: number | undefined;
  /** Comparisons of names, with each other and with name constraints, in units of 32 bytes. Default 100,000. */
  readonly nameComparisons?: number | undefined;
  /** How many CRLs, and how many OCSP responses. Default 4,096 each. */
  readonly evidence?: number | undefined;
  /** Bytes of CRL entries that may be scanned, all scans together. Default 536,870,912. */
  readonly scannedBytes?: number | undefined;
}

/** Whether the constraints in an anchor's certificate apply. */
export type AnchorConstraints = "apply" | "ignore";

/** What every verification of a certificate takes. */
export interface CommonCertificateOptions {
  /**
   * The certificates that are trusted, in DER or PEM; a PEM text may hold several. Nothing else is ever trusted. One that
   * cannot be read is skipped and named in `warnings`; it is an error if none is left. With a
   * profile: those that J-LIS publishes, of all generations; those of the other hierarchy or other cards are not used.
   */
  readonly anchors: DerOrPem | readonly DerOrPem[];
  /**
   * What an anchor's certificate counts for beyond name and key. `"apply"`, the default: all that it says of paths (RFC 5937
   * §3), which is period of validity, keyUsage, basicConstraints with the length of the path, name constraints, policies and
   * their constraints, purposes, and critical extensions that are not known. `"ignore"`: nothing, as RFC 5280 §6.1.1 (d) has it.
   */
  readonly anchorConstraints?: AnchorConstraints | undefined;
  /** Certificates that may help to build a path, in any order; not trusted. Unreadable ones are passed over. */
  readonly intermediates?: DerOrPem | readonly DerOrPem[] | undefined;
  /** Evidence of revocation and what is required of it. Default: none, and nothing required. */
  readonly revocation?: RevocationOptions | undefined;
  readonly limits?: CertificateLimits | undefined;
  /** The time to verify for: a `Date`, seconds since 1970, or a function that is called once. Default: the clock of this machine. */
  readonly now?: Now | undefined;
}

/** A certificate of the My Number Card (公的個人認証サービス, JPKI). */
export interface JpkiCertificateOptions extends CommonCertificateOptions {
  /** `"jpki-sign"`: 署名用電子証明書; `"jpki-auth"`: 利用者証明用電子証明書; or a profile written out. */
  readonly profile: "jpki-sign" | "jpki-auth" | JpkiProfile;
  /** Of a profile that is named. Default `"production"`: test cards are accepted only by those who ask for them. */
  readonly cards?: JpkiCards | undefined;
  /** The issuer's organizationName in place of the profile's: for a synthetic hierarchy. */
  readonly organization?: string | undefined;
  /** Object identifiers of further policies that are accepted, besides those of the profile. */
  readonly policies?: readonly string[] | undefined;
}

/** Any other certificate: the inputs of RFC 5280 §6.1.1. */
export interface GeneralCertificateOptions extends CommonCertificateOptions {
  readonly profile?: undefined;
  /** user-initial-policy-set, as object identifiers. Default: any policy. */
  readonly policies?: readonly string[] | undefined;
  /** initial-explicit-policy: the path has to be valid under one of `policies`. Default: whether `policies` are given. */
  readonly explicitPolicy?: boolean | undefined;
  /** initial-policy-mapping-inhibit. Default false. */
  readonly inhibitPolicyMapping?: boolean | undefined;
  /** initial-any-policy-inhibit. Default false. */
  readonly inhibitAnyPolicy?: boolean | undefined;
  /** initial-permitted-subtrees and initial-excluded-subtrees: the DER of a NameConstraints (RFC 5280 §4.2.1.10). */
  readonly nameConstraints?: Bytes | undefined;
  /** Bits that the certificate's keyUsage has to have. Default: not checked. */
  readonly keyUsage?: readonly KeyUsage[] | undefined;
  /** An object identifier that extKeyUsage has to allow, where the extension is there. Default: not checked. */
  readonly purpose?: string | undefined;
  /** The same, and the certificate itself has to name it: `"1.3.6.1.5.5.7.3.2"` is clientAuth. */
  readonly extendedKeyUsage?: string | undefined;
  /** Accept signatures with SHA-1, which is broken. Default false. */
  readonly allowSha1?: boolean | undefined;
}

/** How a certificate is verified: under a profile of the My Number Card, or by RFC 5280 alone. */
export type CertificateOptions = JpkiCertificateOptions | GeneralCertificateOptions;
