import type { Report } from "../report.js";
import type { JpkiCards } from "./certificate-options.js";
import type { Revocation } from "./revocation.js";

/** A certificate, described. The subject of a person's certificate is personal data. */
export interface CertificateDescription {
  /** As RFC 4514 writes names: the most specific part first. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, two digits a byte. */
  readonly serialNumber: string;
  /** Seconds since 1970. */
  readonly notBefore: number;
  /** Seconds since 1970. Of a card's certificate it tells the holder's birthday. */
  readonly notAfter: number;
  /** SHA-256 of the certificate, in hexadecimal. */
  readonly sha256: string;
}

/** A certificate of a path, with what is known of its revocation. */
export interface PathCertificate extends CertificateDescription {
  readonly revocation: Revocation;
}

/** The profile that a certificate has, and who issued it. */
export interface VerifiedProfile {
  readonly name: string;
  readonly hierarchy: "sign" | "auth";
  /** `null` for a profile of neither. */
  readonly cards: JpkiCards | null;
  /** The published name of the authority's file, such as `signca02`; `null` for one that is not known. */
  readonly authority: string | null;
  /** Its generation; `null` for an authority that is not known. */
  readonly generation: string | null;
}

/**
 * What else the caller should know. `unknown-authority`: the anchor is none of those that J-LIS has published: a new
 * generation, a synthetic hierarchy, or not what the caller thinks. `revocation-fetch-failed`: `revocation.fetchEvidence` threw.
 * `anchor-unreadable:2`: the second of `anchors` could not be read and was skipped; `timestamp-anchor-unreadable:2`: of
 * `timestamp.anchors`.
 */
export type CertificateWarning =
  | "unknown-authority"
  | "revocation-fetch-failed"
  | `anchor-unreadable:${number}`
  | `timestamp-anchor-unreadable:${number}`;

/** What was found about a certificate that is good. */
export interface CertificateFindings {
  /** From the certificate that was asked about to the one that the anchor issued. */
  readonly path: readonly PathCertificate[];
  /** The trust anchor that the path ends in. */
  readonly anchor: CertificateDescription;
  /** What is known of the certificate's own revocation. Only `good` says that it was checked and is not revoked. */
  readonly revocation: Revocation;
  /** `null` where none was asked for. */
  readonly profile: VerifiedProfile | null;
  /** The policies under which the path is valid, as object identifiers; `2.5.29.32.0` stands for any. */
  readonly policies: readonly string[];
  readonly warnings: readonly CertificateWarning[];
}

/** A certificate that is good, and the steps that were made. */
export interface VerifiedCertificate extends CertificateFindings {
  readonly report: Report;
}

/** The same where the caller asked for no path. */
export interface PathNotChecked {
  readonly path: "not-checked";
  readonly anchor: null;
  readonly revocation: Revocation;
  readonly profile: null;
  readonly policies: readonly [];
  readonly warnings: readonly [];
}

/** The members about a certificate, with the warnings of this side. */
export function findings(
  { path, anchor, revocation, profile, policies, warnings }: CertificateFindings,
  { failure }: { readonly failure: unknown },
): CertificateFindings {
  const failed: readonly CertificateWarning[] = failure === undefined ? [] : ["revocation-fetch-failed"];
  return { path, anchor, revocation, profile, policies, warnings: [...warnings, ...failed] };
}
