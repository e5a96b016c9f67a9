import type { Report } from "../report.js";
import type { Reported } from "../verifier/reported.js";
import type { JpkiCards } from "./certificate-options.js";
import type { Revocation } from "./revocation.js";

/** A description of a certificate. The subject of a person's certificate is personal data. */
export interface CertificateDescription {
  /** The subject in the form of RFC 4514: the most specific part first. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, two digits per byte. */
  readonly serialNumber: string;
  /** Unix time in seconds. */
  readonly notBefore: number;
  /** Unix time in seconds. For a card's certificate, it reveals the holder's birthday. */
  readonly notAfter: number;
  /** SHA-256 of the certificate, in hexadecimal. */
  readonly sha256: string;
}

/** A certificate of a path, with its revocation status. */
export interface PathCertificate extends CertificateDescription {
  readonly revocation: Revocation;
}

/** The profile of a certificate, and its issuer. */
export interface VerifiedProfile {
  readonly name: string;
  readonly hierarchy: "sign" | "auth";
  /** `null` for a custom profile without `cards`. */
  readonly cards: JpkiCards | null;
  /** The published file name of the CA, such as `signca02`; `null` for an unknown CA. */
  readonly authority: string | null;
  /** The generation of the CA; `null` for an unknown CA. */
  readonly generation: string | null;
}

/**
 * Warnings of a verification. `unknown-authority`: the trust anchor is not a CA certificate that J-LIS has published. It may belong to
 * a new generation or a synthetic hierarchy, or be the wrong one. `revocation-fetch-failed`: `revocation.fetchEvidence` threw.
 * `anchor-unreadable:2`: the second of `anchors` cannot be read and was ignored; `timestamp-anchor-unreadable:2`: the same for
 * `timestamp.anchors`.
 */
export type CertificateWarning =
  | "unknown-authority"
  | "revocation-fetch-failed"
  | `anchor-unreadable:${number}`
  | `timestamp-anchor-unreadable:${number}`;

/** The results for a valid certificate. */
export interface CertificateFindings {
  /** From the given certificate to the one that the trust anchor issued. */
  readonly path: readonly PathCertificate[];
  /** The trust anchor of the path. */
  readonly anchor: CertificateDescription;
  /** The revocation status of the certificate itself. Only `good` means that it was checked and is not revoked. */
  readonly revocation: Revocation;
  /** `null` if no profile was set. */
  readonly profile: VerifiedProfile | null;
  /** The object identifiers of the policies under which the path is valid; `2.5.29.32.0` is anyPolicy. */
  readonly policies: readonly string[];
  readonly warnings: readonly CertificateWarning[];
}

/** A valid certificate, and the steps of the verification. */
export interface VerifiedCertificate extends CertificateFindings {
  readonly report: Report;
}

/** The results if the path was not checked. */
export interface PathNotChecked {
  readonly path: "not-checked";
  readonly anchor: null;
  readonly revocation: Revocation;
  readonly profile: null;
  readonly policies: readonly [];
  readonly warnings: readonly [];
}

/** The results for a certificate, including the warnings from JavaScript. */
export function findings(
  { path, anchor, revocation, profile, policies, warnings }: CertificateFindings,
  { failure }: { readonly failure: unknown },
): CertificateFindings {
  const failed: readonly CertificateWarning[] = failure === undefined ? [] : ["revocation-fetch-failed"];
  return { path, anchor, revocation, profile, policies, warnings: [...warnings, ...failed] };
}

/** The result with its report, which is read when it is first accessed: an own, enumerable member like the others. */
export function reported<Result extends object>(
  result: Result,
  { readReport }: Pick<Reported, "readReport">,
): Result & { readonly report: Report } {
  let report: Report | undefined;
  return {
    ...result,
    get report() {
      report ??= readReport();
      return report;
    },
  };
}
