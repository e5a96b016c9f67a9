// OCSP responses (RFC 6960 §4.2).
import {
  BasicOCSPResponse,
  CertID,
  CertStatus,
  id_pkix_ocsp_basic,
  KeyHash,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from "@peculiar/asn1-ocsp";
import { OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  Certificate,
  CRLReason,
  CRLReasons,
  type Extension,
  type Name,
} from "@peculiar/asn1-x509";
import { arrayBuffer, parse, serialize } from "../asn1/convert.js";
import { octetString } from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import type { KeyPair } from "../keys/key-pair.js";
import { algorithmIdentifier, digest, type Signer, signerOf } from "../keys/signer.js";
import type { Authority } from "../x509/authority.js";
import { makeCertificate } from "../x509/certificate.js";
import {
  authorityKeyIdentifier,
  extension,
  extKeyUsage,
  keyUsage,
  ocspNoCheck,
  subjectKeyIdentifier,
} from "../x509/extensions.js";
import { distinguishedName } from "../x509/names.js";
import type { RevocationReason } from "./crl.js";

/** Who signs a response: an authority itself, or one that it delegated to. */
export interface Responder {
  readonly name: Name;
  readonly key: KeyPair;
  readonly signer: Signer;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface DelegateOptions {
  readonly key: KeyPair;
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** id-kp-OCSPSigning; without it the delegate has no right to answer (§4.2.2.2). */
  readonly ocspSigning?: boolean;
  /** id-pkix-ocsp-nocheck. */
  readonly noCheck?: boolean;
  /** In place of the authority's: a certificate that only claims to come from it. */
  readonly signer?: Signer;
}

/** A delegated responder: its certificate comes from the authority whose certificates it answers for. */
export function makeDelegatedResponder(authority: Authority, options: DelegateOptions): Responder {
  const { key, serial, notBefore, notAfter, ocspSigning = true, noCheck = true } = options;
  const name = distinguishedName([
    ["C", "JP"],
    ["O", "HONNIN-TEST"],
    ["CN", "HONNIN-TEST OCSP responder"],
  ]);
  const certificate = makeCertificate(
    {
      serial,
      issuer: authority.name,
      notBefore,
      notAfter,
      subject: name,
      spki: key.spki,
      extensions: [
        keyUsage(["digitalSignature"]),
        ...(ocspSigning ? [extKeyUsage([oid.ocspSigning])] : []),
        ...(noCheck ? [ocspNoCheck()] : []),
        authorityKeyIdentifier({ keyIdentifier: authority.key.keyIdentifier }),
        subjectKeyIdentifier(key.keyIdentifier),
      ],
    },
    options.signer ?? authority.signer,
  );
  return { name, key, signer: signerOf(key), certificate };
}

export type OcspStatus = "good" | "revoked" | "unknown";

/** Which certificate is spoken of; a `Leaf` fits. */
export interface OcspSubject {
  readonly authority: Authority;
  readonly serial: Uint8Array;
}

export interface SingleFields {
  readonly certificate: OcspSubject;
  readonly status: OcspStatus;
  readonly reason?: RevocationReason;
  readonly revokedAt?: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** The hash in the CertID; it says nothing of the signature's. */
  readonly hash?: "sha1" | "sha256";
}

export interface OcspFields extends SingleFields {
  /** The issuing authority where absent. */
  readonly responder?: Responder;
  readonly responderId?: "name" | "key";
  /** The certificates enclosed: by default the responder's, if it is a delegate. */
  readonly certificates?: readonly Uint8Array[];
  readonly producedAt?: Date;
  readonly nonce?: Uint8Array;
  /** Further answers, before the one for `certificate`. */
  readonly others?: readonly SingleFields[];
  /** In place of the responder's: a response that another key signed. */
  readonly signer?: Signer;
  readonly extensions?: readonly Extension[];
}

/** CertID (§4.1.1). */
export function certId({ authority, serial }: OcspSubject, hash: "sha1" | "sha256" = "sha1"): CertID {
  return new CertID({
    hashAlgorithm: parse(algorithmIdentifier(oid[hash]), AlgorithmIdentifier),
    issuerNameHash: new OctetString(arrayBuffer(digest(hash, serialize(authority.name)))),
    issuerKeyHash: new OctetString(arrayBuffer(digest(hash, authority.key.keyBits))),
    serialNumber: arrayBuffer(serial),
  });
}

function certStatus(fields: SingleFields): CertStatus {
  if (fields.status === "good") return new CertStatus({ good: null });
  if (fields.status === "unknown") return new CertStatus({ unknown: null });
  const revoked = new RevokedInfo({ revocationTime: fields.revokedAt ?? fields.thisUpdate });
  if (fields.reason !== undefined) revoked.revocationReason = new CRLReason(CRLReasons[fields.reason]);
  return new CertStatus({ revoked });
}

function singleResponse(fields: SingleFields): SingleResponse {
  return new SingleResponse({
    certID: certId(fields.certificate, fields.hash),
    certStatus: certStatus(fields),
    thisUpdate: fields.thisUpdate,
    ...(fields.nextUpdate === undefined ? {} : { nextUpdate: fields.nextUpdate }),
  });
}

/** A response of the status `successful`, DER. */
export function ocspResponse(fields: OcspFields): Uint8Array {
  const { authority } = fields.certificate;
  const responder = fields.responder ?? authority;
  const signer = fields.signer ?? responder.signer;
  const extensions = [
    ...(fields.nonce === undefined ? [] : [extension(oid.ocspNonce, octetString(fields.nonce))]),
    ...(fields.extensions ?? []),
  ];
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID(
      fields.responderId === "key"
        ? { byKey: new KeyHash(arrayBuffer(responder.key.keyIdentifier)) }
        : { byName: responder.name },
    ),
    producedAt: fields.producedAt ?? fields.thisUpdate,
    responses: [...(fields.others ?? []), fields].map(singleResponse),
    ...(extensions.length === 0 ? {} : { responseExtensions: extensions }),
  });
  const enclosed = fields.certificates ?? (responder === authority ? [] : [responder.certificate]);
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: parse(signer.algorithm, AlgorithmIdentifier),
    signature: arrayBuffer(signer.sign(serialize(tbsResponseData))),
    ...(enclosed.length === 0 ? {} : { certs: enclosed.map((der) => parse(der, Certificate)) }),
  });
  return serialize(
    new OCSPResponse({
      responseStatus: OCSPResponseStatus.successful,
      responseBytes: new ResponseBytes({
        responseType: id_pkix_ocsp_basic,
        response: new OctetString(arrayBuffer(serialize(basic))),
      }),
    }),
  );
}

export type OcspFailure = Exclude<keyof typeof OCSPResponseStatus, number | "successful">;

/** A response without an answer (§4.2.1), DER. */
export function ocspFailure(status: OcspFailure): Uint8Array {
  return serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus[status] }));
}
