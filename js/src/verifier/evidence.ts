// Missing revocation evidence, as the verifier reports it, and the evidence that the caller's function returns.
import { fromBase64 } from "../base64.js";
import { HonninError } from "../error.js";
import { members } from "./options.js";
import type { Bytes, DerOrPem } from "./parts.js";

/** A certificate whose revocation status the available evidence does not determine, and the locations of more evidence. */
export interface EvidenceRequest {
  /** The certificate in DER. The certificate of a person is personal data. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Hexadecimal, two digits per byte. */
  readonly serialNumber: string;
  /** The name of the issuer in the form of RFC 4514. */
  readonly issuer: string;
  /** The issuer's SubjectPublicKeyInfo, in DER. */
  readonly issuerPublicKey: Uint8Array<ArrayBuffer>;
  /** The CRL distribution points in the certificate. Those of JPKI are directory names without a URL. */
  readonly distributionPoints: readonly {
    readonly urls: readonly string[];
    readonly directoryNames: readonly string[];
  }[];
  /** The URLs of OCSP responders in the certificate. */
  readonly ocspUrls: readonly string[];
  /**
   * An OCSP request (RFC 6960 §4.1) about the certificate, to send as `application/ocsp-request`, with
   * `ocspNonce` if it is set. Missing if the issuer's key cannot be read.
   */
  readonly ocspRequest?: Uint8Array<ArrayBuffer>;
}

/** Fetched evidence. It is verified like any other evidence. */
export interface RevocationEvidence {
  readonly crls?: DerOrPem | readonly DerOrPem[] | undefined;
  readonly ocspResponses?: Bytes | readonly Bytes[] | undefined;
}

/** A request in the form that the verifier writes. */
export type MissingEvidence = Omit<EvidenceRequest, "certificate" | "issuerPublicKey" | "ocspRequest"> & {
  readonly certificate: string;
  readonly issuerPublicKey: string;
  readonly ocspRequest: string | null;
};

/** Converts a request to the form for the caller's function. */
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

/** The return value of the caller's function, not checked any further. @throws HonninError `options-invalid` for unknown members */
export function readEvidence(given: unknown): { readonly crls?: unknown; readonly ocspResponses?: unknown } {
  if (given === undefined || given === null) return {};
  const { crls, ocspResponses, ...others } = members(given, "The result of revocation.fetchEvidence");
  if (Object.keys(others).length > 0) {
    throw new HonninError(
      "options-invalid",
      "revocation.fetchEvidence must return crls and ocspResponses only.",
    );
  }
  return { crls, ocspResponses };
}
