import type { EvidenceRequest, RevocationEvidence } from "../verifier/evidence.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";

/** The reason for a revocation (RFC 5280 §5.3.1). */
export type RevocationReason =
  | "unspecified"
  | "keyCompromise"
  | "cACompromise"
  | "affiliationChanged"
  | "superseded"
  | "cessationOfOperation"
  | "certificateHold"
  | "removeFromCRL"
  | "privilegeWithdrawn"
  | "aACompromise";

/**
 * The revocation status of a certificate. `good`: checked, not revoked. `unknown`: there was evidence, but it does not determine
 * the status. `not-checked`: there was no evidence.
 */
export type Revocation =
  | { readonly status: "good" | "unknown" | "not-checked"; readonly reason?: never; readonly time?: never }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** Unix time in seconds. */
      readonly time: number;
    };

/** Revocation evidence and its requirements. */
export interface RevocationOptions {
  /** CRLs, complete and delta, in any order, in DER or PEM. */
  readonly crls?: DerOrPem | readonly DerOrPem[] | undefined;
  /** OCSP responses in DER. */
  readonly ocspResponses?: Bytes | readonly Bytes[] | undefined;
  /**
   * Whose revocation status must be good: that of the certificate, or of every certificate in the path. Otherwise the verification
   * fails (`revocation-unknown`, or the code for the error in the evidence). Default `"nothing"`: evidence is still used, and a
   * certificate that is known to be revoked is refused.
   */
  readonly require?: "nothing" | "certificate" | "path" | undefined;
  /** Do not refuse a revoked certificate (`certificate-revoked`), only report it. Default false. */
  readonly reportOnly?: boolean | undefined;
  /** Whole seconds by which clocks may differ. Default 300. */
  readonly clockTolerance?: number | undefined;
  /** The maximum age of a CRL in seconds, regardless of nextUpdate. A newer delta CRL also counts. Default: not checked. */
  readonly crlMaxAge?: number | undefined;
  /** The maximum age of an OCSP response in seconds. Required for responses without nextUpdate. */
  readonly ocspMaxAge?: number | undefined;
  /** The nonce of the OCSP request. The response must have the same nonce. */
  readonly ocspNonce?: Bytes | undefined;
  /**
   * Fetches evidence for a certificate whose revocation status the available evidence does not determine. Called once for each
   * certificate. The URLs come from certificates whose signatures were verified up to a trust anchor; still, fetch only from hosts
   * that you allow, and set a time limit. If it throws, there is no evidence: the exception is the `cause` of the error, or the
   * result has the warning `revocation-fetch-failed`.
   */
  readonly fetchEvidence?:
    | ((
        request: EvidenceRequest,
      ) => RevocationEvidence | null | undefined | Promise<RevocationEvidence | null | undefined>)
    | undefined;
}
