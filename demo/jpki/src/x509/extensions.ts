// The extensions that JPKI's certificates and lists carry, each as one function (RFC 5280 §4.2, §5.2, §5.3).
import { OctetString } from "@peculiar/asn1-schema";
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  GeneralNames,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  type Name,
  OtherName,
  PolicyInformation,
  PolicyQualifierInfo,
  Reason,
  ReasonFlags,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";
import { arrayBuffer, serialize } from "../asn1/convert.js";
import { ia5String, nullValue, utf8String } from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import { directoryName } from "./names.js";

/** Any extension, from the DER of its value. */
export function extension(dotted: string, value: Uint8Array, { critical = false } = {}): Extension {
  return new Extension({ extnID: dotted, critical, extnValue: new OctetString(arrayBuffer(value)) });
}

export type KeyUsageName = Exclude<keyof typeof KeyUsageFlags, number>;

export function keyUsage(usages: readonly KeyUsageName[], { critical = true } = {}): Extension {
  const flags = usages.reduce((sum, usage) => sum | KeyUsageFlags[usage], 0);
  return extension(oid.keyUsage, serialize(new KeyUsage(flags)), { critical });
}

export function extKeyUsage(purposes: readonly string[], { critical = false } = {}): Extension {
  return extension(oid.extKeyUsage, serialize(new ExtendedKeyUsage([...purposes])), { critical });
}

export function basicConstraints(cA: boolean, pathLenConstraint?: number): Extension {
  const value = new BasicConstraints({
    cA,
    ...(pathLenConstraint === undefined ? {} : { pathLenConstraint }),
  });
  return extension(oid.basicConstraints, serialize(value), { critical: true });
}

/** PolicyInformation for each policy, each with a CPS pointer where there is one. */
export function certificatePolicies(
  policies: readonly string[],
  { cps, critical = true }: { cps?: string; critical?: boolean } = {},
): Extension {
  const qualifiers = cps === undefined ? [] : [{ policyQualifierId: oid.cps, qualifier: ia5String(cps) }];
  const value = new CertificatePolicies(
    policies.map((policyIdentifier) => {
      const information = new PolicyInformation({ policyIdentifier });
      if (qualifiers.length > 0)
        information.policyQualifiers = qualifiers.map(
          ({ policyQualifierId, qualifier }) =>
            new PolicyQualifierInfo({ policyQualifierId, qualifier: arrayBuffer(qualifier) }),
        );
      return information;
    }),
  );
  return extension(oid.certificatePolicies, serialize(value), { critical });
}

/** otherName with a UTF8String, as the holder's data are. */
export function otherName(typeId: string, text: string): GeneralName {
  return new GeneralName({ otherName: new OtherName({ typeId, value: arrayBuffer(utf8String(text)) }) });
}

export function subjectAltName(names: readonly GeneralName[]): Extension {
  return extension(oid.subjectAltName, serialize(new GeneralNames([...names])));
}

export function issuerAltName(name: Name): Extension {
  return extension(oid.issuerAltName, serialize(new GeneralNames([directoryName(name)])));
}

export type ReasonName = Exclude<keyof typeof ReasonFlags, number>;

export function reasonFlags(names: readonly ReasonName[]): Reason {
  return new Reason(names.reduce((sum, name) => sum | ReasonFlags[name], 0));
}

export interface DistributionPointFields {
  readonly fullName?: Name;
  readonly reasons?: readonly ReasonName[];
  readonly cRLIssuer?: Name;
}

function distributionPoints(points: readonly DistributionPointFields[]): Uint8Array {
  return serialize(
    new CRLDistributionPoints(
      points.map(({ fullName, reasons, cRLIssuer }) => {
        const point = new DistributionPoint();
        if (fullName !== undefined)
          point.distributionPoint = new DistributionPointName({ fullName: [directoryName(fullName)] });
        if (reasons !== undefined) point.reasons = reasonFlags(reasons);
        if (cRLIssuer !== undefined) point.cRLIssuer = [directoryName(cRLIssuer)];
        return point;
      }),
    ),
  );
}

export function cRLDistributionPoints(points: readonly DistributionPointFields[]): Extension {
  return extension(oid.cRLDistributionPoints, distributionPoints(points));
}

export function freshestCRL(points: readonly DistributionPointFields[]): Extension {
  return extension(oid.freshestCRL, distributionPoints(points));
}

export function ocspAccess(url: string): Extension {
  const access = new AccessDescription({
    accessMethod: oid.ocsp,
    accessLocation: new GeneralName({ uniformResourceIdentifier: url }),
  });
  return extension(oid.authorityInfoAccess, serialize(new AuthorityInfoAccessSyntax([access])));
}

export interface AuthorityKeyFields {
  readonly keyIdentifier?: Uint8Array;
  /** The name of the issuer's certificate's issuer, and that certificate's serial number. */
  readonly issuer?: Name;
  readonly serial?: Uint8Array;
}

export function authorityKeyIdentifier({ keyIdentifier, issuer, serial }: AuthorityKeyFields): Extension {
  const value = new AuthorityKeyIdentifier();
  if (keyIdentifier !== undefined) value.keyIdentifier = new KeyIdentifier(arrayBuffer(keyIdentifier));
  if (issuer !== undefined) value.authorityCertIssuer = [directoryName(issuer)];
  if (serial !== undefined) value.authorityCertSerialNumber = arrayBuffer(serial);
  return extension(oid.authorityKeyIdentifier, serialize(value));
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
  return extension(oid.subjectKeyIdentifier, serialize(new SubjectKeyIdentifier(arrayBuffer(identifier))));
}

/** id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1). */
export const ocspNoCheck = () => extension(oid.ocspNoCheck, nullValue());
