import type { EvidenceRequest, RevocationEvidence } from "../verifier/evidence.js";
import type { Bytes, DerOrPem } from "../verifier/parts.js";

/** Why a certificate was revoked (RFC 5280 §5.3.1). */
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
 * What is known of a certificate's revocation. `good`: checked, not revoked. `unknown`: there was evidence, and it did not
 * settle it. `not-checked`: there was none.
 */
export type Revocation =
  | { readonly status: "good" | "unknown" | "not-checked"; readonly reason?: never; readonly time?: never }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** Seconds since 1970. */
      readonly time: number;
    };

/** Evidence of revocation and what is required of it. */
export interface RevocationOptions {
  /** CRLs, complete and delta, in any order, in DER or PEM. */
  readonly crls?: DerOrPem | readonly DerOrPem[] | undefined;
  /** OCSP responses in DER. */
  readonly ocspResponses?: Bytes | readonly Bytes[] | undefined;
  /**
   * Whose revocation has to be known to be good, or the verification fails (`revocation-unknown`, or what was wrong with
   * the evidence): the certificate's, or that of every certificate of the path. Default `"nothing"`: what is known is used
   * all the same, and a certificate that is known to be revoked is refused.
   */
  readonly require?: "nothing" | "certificate" | "path" | undefined;
  /** Do not refuse a revoked certificate (`certificate-revoked`), only report it. Default false. */
  readonly reportOnly?: boolean | undefined;
  /** Whole seconds by which clocks may differ. Default 300. */
  readonly clockTolerance?: number | undefined;
  /** How old a CRL may be, in seconds, whatever its nextUpdate says; a newer delta CRL makes up for it. Default: not checked. */
  readonly crlMaxAge?: number | undefined;
  /** How old an OCSP answer may be, in seconds. Has to be set where answers have no nextUpdate. */
  readonly ocspMaxAge?: number | undefined;
  /** The nonce of the OCSP request, which the response has to have. */
  readonly ocspNonce?: Bytes | undefined;
  /**
   * Fetches evidence about certificates for which none is at hand, called once for each. The addresses come from the
   * certificates, whose signatures were verified up to an anchor: still, fetch only from where you would. Give a time
   * limit of your own. If it throws, there is no evidence; an error's `cause` or the warning `revocation-fetch-failed` says so.
   */
  readonly fetchEvidence?:
    | ((
        request: EvidenceRequest,
      ) => RevocationEvidence | null | undefined | Promise<RevocationEvidence | null | undefined>)
    | undefined;
}
