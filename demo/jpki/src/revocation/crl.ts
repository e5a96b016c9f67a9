// Certificate revocation lists (RFC 5280 §5).
import {
  AlgorithmIdentifier,
  CertificateList,
  CRLReason,
  CRLReasons,
  DistributionPointName,
  type Extension,
  GeneralNames,
  IssuingDistributionPoint,
  type Name,
  RevokedCertificate,
  TBSCertList,
  Time,
} from "@peculiar/asn1-x509";
import { arrayBuffer, parse, serialize } from "../asn1/convert.js";
import { generalizedTime, integer } from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import type { KeyPair } from "../keys/key-pair.js";
import type { Signer } from "../keys/signer.js";
import { authorityKeyIdentifier, extension, type ReasonName, reasonFlags } from "../x509/extensions.js";
import { directoryName } from "../x509/names.js";

export type RevocationReason = Exclude<keyof typeof CRLReasons, number>;

export interface CrlEntry {
  readonly serial: Uint8Array;
  readonly date: Date;
  /** Left out where absent, as RFC 5280 §5.3.1 wants for `unspecified`. */
  readonly reason?: RevocationReason;
  readonly invalidityDate?: Date;
  /** In an indirect CRL: who issued this and the following entries. */
  readonly certificateIssuer?: Name;
  readonly extensions?: readonly Extension[];
}

export interface IssuingDistributionPointFields {
  readonly fullName?: Name;
  readonly onlyContainsUserCerts?: boolean;
  readonly onlyContainsCACerts?: boolean;
  readonly onlySomeReasons?: readonly ReasonName[];
  readonly indirectCRL?: boolean;
  readonly onlyContainsAttributeCerts?: boolean;
}

export interface CrlFields {
  /** Whose name and key; an `Authority` fits. */
  readonly issuer: { readonly name: Name; readonly key: KeyPair; readonly signer: Signer };
  readonly thisUpdate: Date;
  /** `null` leaves it out, which RFC 5280 §5.1.2.5 forbids. */
  readonly nextUpdate?: Date | null;
  readonly number?: number;
  readonly entries?: readonly CrlEntry[];
  readonly issuingDistributionPoint?: IssuingDistributionPointFields;
  /** Creates a delta CRL for the base CRL with this number. */
  readonly baseNumber?: number;
  /** Further extensions at the end. */
  readonly extensions?: readonly Extension[];
  /** In place of the issuer's: a list that another key signed. */
  readonly signer?: Signer;
  /** In place of the issuer's key identifier; `null` leaves the extension out. */
  readonly keyIdentifier?: Uint8Array | null;
  /** 1 means v2. */
  readonly version?: number;
}

function entryOf(entry: CrlEntry): RevokedCertificate {
  const extensions: Extension[] = [];
  if (entry.reason !== undefined)
    extensions.push(extension(oid.cRLReason, serialize(new CRLReason(CRLReasons[entry.reason]))));
  if (entry.invalidityDate !== undefined)
    extensions.push(extension(oid.invalidityDate, generalizedTime(entry.invalidityDate)));
  if (entry.certificateIssuer !== undefined)
    extensions.push(
      extension(
        oid.certificateIssuer,
        serialize(new GeneralNames([directoryName(entry.certificateIssuer)])),
        {
          critical: true,
        },
      ),
    );
  extensions.push(...(entry.extensions ?? []));
  return new RevokedCertificate({
    userCertificate: arrayBuffer(entry.serial),
    revocationDate: new Time(entry.date),
    ...(extensions.length === 0 ? {} : { crlEntryExtensions: extensions }),
  });
}

/** IssuingDistributionPoint, critical (RFC 5280 §5.2.5). */
export function issuingDistributionPoint(fields: IssuingDistributionPointFields): Extension {
  const value = new IssuingDistributionPoint();
  if (fields.fullName !== undefined)
    value.distributionPoint = new DistributionPointName({ fullName: [directoryName(fields.fullName)] });
  if (fields.onlySomeReasons !== undefined) value.onlySomeReasons = reasonFlags(fields.onlySomeReasons);
  value.onlyContainsUserCerts = fields.onlyContainsUserCerts ?? false;
  value.onlyContainsCACerts = fields.onlyContainsCACerts ?? false;
  value.indirectCRL = fields.indirectCRL ?? false;
  value.onlyContainsAttributeCerts = fields.onlyContainsAttributeCerts ?? false;
  return extension(oid.issuingDistributionPoint, serialize(value), { critical: true });
}

/** The extensions of a list, in the order in which `makeCrl` writes them. */
export function crlExtensions(fields: CrlFields): Extension[] {
  const keyIdentifier =
    fields.keyIdentifier === undefined ? fields.issuer.key.keyIdentifier : fields.keyIdentifier;
  return [
    ...(keyIdentifier === null ? [] : [authorityKeyIdentifier({ keyIdentifier })]),
    extension(oid.cRLNumber, integer(fields.number ?? 1)),
    ...(fields.baseNumber === undefined
      ? []
      : [extension(oid.deltaCRLIndicator, integer(fields.baseNumber), { critical: true })]),
    ...(fields.issuingDistributionPoint === undefined
      ? []
      : [issuingDistributionPoint(fields.issuingDistributionPoint)]),
    ...(fields.extensions ?? []),
  ];
}

/** `thisUpdate` and a week, where no other end is named. */
export function nextUpdateOf(fields: Pick<CrlFields, "thisUpdate" | "nextUpdate">): Date | null {
  return fields.nextUpdate === undefined
    ? new Date(fields.thisUpdate.getTime() + 7 * 86_400_000)
    : fields.nextUpdate;
}

/** A list, DER. */
export function makeCrl(fields: CrlFields): Uint8Array {
  const signer = fields.signer ?? fields.issuer.signer;
  const signatureAlgorithm = parse(signer.algorithm, AlgorithmIdentifier);
  const nextUpdate = nextUpdateOf(fields);
  const entries = (fields.entries ?? []).map(entryOf);
  const version = fields.version ?? 1;
  const tbsCertList = new TBSCertList({
    ...(version === 0 ? {} : { version, crlExtensions: crlExtensions(fields) }),
    signature: signatureAlgorithm,
    issuer: fields.issuer.name,
    thisUpdate: new Time(fields.thisUpdate),
    ...(nextUpdate === null ? {} : { nextUpdate: new Time(nextUpdate) }),
    // RFC 5280 §5.1.2.6: an empty list is left out.
    ...(entries.length === 0 ? {} : { revokedCertificates: entries }),
  });
  const signature = arrayBuffer(signer.sign(serialize(tbsCertList)));
  return serialize(new CertificateList({ tbsCertList, signatureAlgorithm, signature }));
}
