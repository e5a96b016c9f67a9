// The responder as a function from request to response (RFC 6960 §4.1), for an emulator to put behind HTTP.
import { OCSPRequest } from "@peculiar/asn1-ocsp";
import { parse, serialize } from "../asn1/convert.js";
import { oid } from "../asn1/oids.js";
import { content, element } from "../asn1/read.js";
import type { Authority } from "../x509/authority.js";
import type { RevocationReason } from "./crl.js";
import {
  certId,
  type OcspStatus,
  ocspFailure,
  ocspResponse,
  type Responder,
  type SingleFields,
} from "./ocsp.js";

/** What is known of one certificate. */
export interface KnownStatus {
  readonly status: OcspStatus;
  readonly reason?: RevocationReason;
  readonly revokedAt?: Date;
}

export interface ResponderOptions {
  /** The generations answered for. */
  readonly authorities: readonly Authority[];
  /** The delegate of each generation; the CA itself if there is none. */
  readonly responder?: (authority: Authority) => Responder | undefined;
  /** Serial number in lower-case hexadecimal, as the INTEGER's octets. */
  readonly lookup: (authority: Authority, serial: string) => KnownStatus;
  readonly now: Date;
  /** Seconds from `thisUpdate` to `nextUpdate`. */
  readonly validFor?: number;
}

const same = (a: object, b: object) => Buffer.compare(serialize(a), serialize(b)) === 0;

/** Answers a request, DER to DER. One that cannot be read gets `malformedRequest`, one for others `unauthorized`. */
export function answerOcspRequest(request: Uint8Array, options: ResponderOptions): Uint8Array {
  let parsed: OCSPRequest;
  try {
    parsed = parse(request, OCSPRequest);
  } catch {
    return ocspFailure("malformedRequest");
  }
  const { requestList, requestExtensions } = parsed.tbsRequest;
  const nextUpdate = new Date(options.now.getTime() + (options.validFor ?? 3600) * 1000);
  const answers: SingleFields[] = [];
  for (const { reqCert } of requestList) {
    const serial = new Uint8Array(reqCert.serialNumber);
    const hash = reqCert.hashAlgorithm.algorithm === oid.sha256 ? "sha256" : "sha1";
    const authority = options.authorities.find((candidate) => {
      const expected = certId({ authority: candidate, serial }, hash);
      // The parameters may be NULL or absent: only what identifies the issuer is compared.
      return (
        expected.hashAlgorithm.algorithm === reqCert.hashAlgorithm.algorithm &&
        same(expected.issuerNameHash, reqCert.issuerNameHash) &&
        same(expected.issuerKeyHash, reqCert.issuerKeyHash)
      );
    });
    if (authority === undefined) return ocspFailure("unauthorized");
    const known = options.lookup(authority, Buffer.from(serial).toString("hex"));
    answers.push({ certificate: { authority, serial }, hash, thisUpdate: options.now, nextUpdate, ...known });
  }
  const last = answers.pop();
  // One response has one signer: requests that mix generations are declined.
  if (last === undefined) return ocspFailure("malformedRequest");
  if (answers.some(({ certificate }) => certificate.authority !== last.certificate.authority))
    return ocspFailure("unauthorized");
  const responder = options.responder?.(last.certificate.authority);
  const nonce = nonceOf(requestExtensions ?? []);
  return ocspResponse({
    ...last,
    others: answers,
    ...(responder === undefined ? {} : { responder }),
    ...(nonce === undefined ? {} : { nonce }),
  });
}

/** The nonce's octets, whether wrapped in an OCTET STRING (RFC 8954) or bare. */
function nonceOf(extensions: readonly { extnID: string; extnValue: { buffer: ArrayBuffer } }[]) {
  const found = extensions.find(({ extnID }) => extnID === oid.ocspNonce);
  if (found === undefined) return undefined;
  const value = new Uint8Array(found.extnValue.buffer);
  try {
    const inner = element(value);
    if (inner.tag === 0x04 && inner.end === value.length) return content(inner);
  } catch {
    return value;
  }
  return value;
}
