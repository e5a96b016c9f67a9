import {
  AlgorithmIdentifier,
  Certificate,
  type Extension,
  Extensions,
  type Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Time,
  Validity,
} from "@peculiar/asn1-x509";
import { arrayBuffer, parse, serialize } from "../asn1/convert.js";
import type { Signer } from "../keys/signer.js";

export interface CertificateFields {
  /** 2 means v3. */
  readonly version?: number;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly issuer: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Name;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly extensions: readonly Extension[];
  /** The algorithm named inside, where it is to differ from the signer's. */
  readonly innerAlgorithm?: Uint8Array;
  /** GeneralizedTime also where RFC 5280 §4.1.2.5 asks for UTCTime. */
  readonly generalizedTime?: boolean;
}

/** A certificate (RFC 5280 §4.1) as DER. */
export function makeCertificate(fields: CertificateFields, signer: Signer): Uint8Array {
  const algorithm = (der: Uint8Array) => parse(der, AlgorithmIdentifier);
  const validity = new Validity();
  const timeOf = (date: Date) => (fields.generalizedTime ? new Time({ generalTime: date }) : new Time(date));
  validity.notBefore = timeOf(fields.notBefore);
  validity.notAfter = timeOf(fields.notAfter);
  const tbsCertificate = new TBSCertificate({
    version: fields.version ?? 2,
    serialNumber: arrayBuffer(fields.serial),
    signature: algorithm(fields.innerAlgorithm ?? signer.algorithm),
    issuer: fields.issuer,
    validity,
    subject: fields.subject,
    subjectPublicKeyInfo: parse(fields.spki, SubjectPublicKeyInfo),
    ...(fields.extensions.length === 0 ? {} : { extensions: new Extensions([...fields.extensions]) }),
  });
  const signature = signer.sign(serialize(tbsCertificate));
  return serialize(
    new Certificate({
      tbsCertificate,
      signatureAlgorithm: algorithm(signer.algorithm),
      signatureValue: arrayBuffer(signature),
    }),
  );
}
