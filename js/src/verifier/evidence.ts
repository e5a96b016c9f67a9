// Evidence of revocation that the verifier says is missing, and what the caller's function gives of it.
import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { members } from "./options.js";
import type { Bytes, DerOrPem } from "./parts.js";

/** A certificate whose revocation is not settled by the evidence at hand, and where there may be more. */
export interface EvidenceRequest {
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

/** A request as the verifier writes it. */
export type MissingEvidence = Omit<EvidenceRequest, "certificate" | "issuerPublicKey" | "ocspRequest"> & {
  readonly certificate: string;
  readonly issuerPublicKey: string;
  readonly ocspRequest: string | null;
};

/** The request as the caller's function takes it. */
export function requestOf({
  certificate,
  issuerPublicKey,
  ocspRequest,
  ...rest
}: MissingEvidence): EvidenceRequest {
  return {
    ...rest,
    certificate: fromBase64(certificate),
    issuerPublicKey: fromBase64(issuerPublicKey),
    ...(ocspRequest === null ? {} : { ocspRequest: fromBase64(ocspRequest) }),
  };
}

/** What the caller's function gave, not looked at any further. @throws HonninError `options-invalid` for other members */
export function readEvidence(given: unknown): { readonly crls?: unknown; readonly ocspResponses?: unknown } {
  if (given === undefined || given === null) return {};
  const { crls, ocspResponses, ...others } = members(given, "what revocation.fetchEvidence gave");
  if (Object.keys(others).length > 0) {
    throw new HonninError(
      "options-invalid",
      "revocation.fetchEvidence gives crls and ocspResponses, nothing else.",
    );
  }
  return { crls, ocspResponses };
}
