// Signed attributes (RFC 5652 §11, RFC 6211).
import { objectIdentifier, octetString, sequence, set, time, tlv } from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import { content, element } from "../asn1/read.js";

/** Attribute: a type and its values, each DER. */
export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(objectIdentifier(type), set(...values));
}

export const contentTypeAttribute = (type: string) => attribute(oid.contentType, objectIdentifier(type));
export const messageDigestAttribute = (value: Uint8Array) => attribute(oid.messageDigest, octetString(value));
export const signingTimeAttribute = (value: Date) => attribute(oid.signingTime, time(value));

/** CMSAlgorithmProtection { digestAlgorithm, signatureAlgorithm [1] } (RFC 6211 §2), from two AlgorithmIdentifiers. */
export function algorithmProtectionAttribute(
  digestAlgorithm: Uint8Array,
  signatureAlgorithm: Uint8Array,
): Uint8Array {
  const inner = content(element(signatureAlgorithm));
  return attribute(oid.cmsAlgorithmProtection, sequence(digestAlgorithm, tlv(0xa1, inner)));
}
