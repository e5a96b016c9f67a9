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
 * settle it. `not_checked`: there was none.
 */
export type Revocation =
  | { readonly status: "good" | "unknown" | "not_checked"; readonly reason?: never; readonly time?: never }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      /** Seconds since 1970. */
      readonly time: number;
    };

/** A certificate whose revocation is not settled by the evidence at hand, and where there may be more. */
export interface RevocationRequest {
  /** In DER. Personal data, where it is a person's. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Hexadecimal, two digits a byte. */
  readonly serialNumber: string;
  /** The issuer's name, as RFC 4514 writes it. */
  readonly issuer: string;
  /** The issuer's SubjectPublicKeyInfo, in DER. */
  readonly issuerPublicKey: Uint8Array<ArrayBuffer>;
  /** Where the certificate says that CRLs are. Those of JPKI are directory names without an address. */
  readonly distributionPoints: readonly {
    readonly urls: readonly string[];
    readonly directoryNames: readonly string[];
  }[];
  /** Where the certificate says that OCSP is served. */
  readonly ocspUrls: readonly string[];
  /**
   * An OCSP request (RFC 6960 §4.1) about the certificate, ready to be sent as `application/ocsp-request`, with
   * `ocspNonce` where that was given. Missing where the issuer's key cannot be read.
   */
  readonly ocspRequest?: Uint8Array<ArrayBuffer>;
}

/** Evidence that was fetched. It is verified like any other. */
export interface RevocationEvidence {
  readonly crls?: DerOrPem | readonly DerOrPem[] | undefined;
  readonly ocspResponses?: Bytes | readonly Bytes[] | undefined;
}

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
  readonly clockSkew?: number | undefined;
  /** How old a CRL may be, in seconds, whatever its nextUpdate says. Default: not checked. */
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
  readonly fetch?:
    | ((
        request: RevocationRequest,
      ) => RevocationEvidence | null | undefined | Promise<RevocationEvidence | null | undefined>)
    | undefined;
}
