import type { Extension, GeneralName, Name } from "@peculiar/asn1-x509";
import { oid } from "../asn1/oids.js";
import type { KeyPair } from "../keys/key-pair.js";
import type { Signer } from "../keys/signer.js";
import type { Authority } from "./authority.js";
import { type CertificateFields, makeCertificate } from "./certificate.js";
import {
  authorityKeyIdentifier,
  certificatePolicies,
  cRLDistributionPoints,
  type DistributionPointFields,
  extKeyUsage,
  issuerAltName,
  keyUsage,
  ocspAccess,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions.js";
import { holderEntries, holderNames, notAfterOf, type Person } from "./holder.js";
import { distinguishedName } from "./names.js";
import { cpsUri, municipalityCrl, nextCardPolicies, ocspUri, profiles } from "./profile.js";

/** A leaf and all that one needs to sign with it and to speak about it. */
export interface Leaf {
  readonly authority: Authority;
  readonly key: KeyPair;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER. */
  readonly certificate: Uint8Array;
}

export interface LeafOptions {
  /** The issuing generation; the newest where none is named. */
  readonly authority?: Authority;
  readonly issued?: Date;
  readonly notAfter?: Date;
  /** Five; ten for next-generation cards. */
  readonly years?: number;
  /** In place of the test policy of the hierarchy. */
  readonly policies?: readonly string[];
  /** In place of a new key. */
  readonly key?: KeyPair;
  readonly serial?: Uint8Array;
  /** In place of the holder's six entries (sign only). */
  readonly alternativeNames?: readonly GeneralName[];
  readonly distributionPoints?: readonly DistributionPointFields[];
  /** Where the OCSP responder is (auth only). */
  readonly ocspUrl?: string;
  /** Changes what the template has, to break it. */
  readonly extensions?: (template: Extension[]) => Extension[];
  readonly fields?: Partial<CertificateFields>;
  readonly signer?: Signer;
}

/** What `makeLeaf` needs beyond the options: all of it decided. */
export interface LeafInput {
  readonly person: Person;
  readonly authority: Authority;
  readonly key: KeyPair;
  readonly serial: Uint8Array;
  readonly issued: Date;
  /** The opaque identifier: 28 characters for sign, 23 for auth. */
  readonly commonName: string;
}

function subjectOf({ authority, person, commonName }: LeafInput): Name {
  return distinguishedName([
    ["C", "JP"],
    ...(authority.hierarchy === "sign"
      ? ([
          ["L", person.prefecture],
          ["L", person.municipality],
        ] as const)
      : []),
    ["CN", commonName],
  ]);
}

/** The extensions in the order in which real leaves have them. */
function templateOf({ person, authority, key }: LeafInput, options: LeafOptions): Extension[] {
  const { hierarchy } = authority;
  const nextCard = authority.key.kind !== "rsa";
  const policies = options.policies ?? [
    nextCard ? nextCardPolicies[hierarchy] : profiles[hierarchy].policies.test,
  ];
  const points = options.distributionPoints ?? [
    { fullName: distinguishedName(municipalityCrl(hierarchy, person)) },
  ];
  const sign = hierarchy === "sign";
  return [
    keyUsage(sign ? ["digitalSignature", "nonRepudiation"] : ["digitalSignature"]),
    sign
      ? subjectAltName(options.alternativeNames ?? holderNames(holderEntries(person)))
      : extKeyUsage([oid.clientAuth]),
    certificatePolicies(policies, { cps: cpsUri }),
    issuerAltName(distinguishedName(profiles[hierarchy].japanese)),
    cRLDistributionPoints(points),
    ...(sign ? [] : [ocspAccess(options.ocspUrl ?? ocspUri)]),
    authorityKeyIdentifier({
      keyIdentifier: authority.key.keyIdentifier,
      issuer: authority.name,
      serial: authority.serial,
    }),
    subjectKeyIdentifier(key.keyIdentifier),
  ];
}

/** A leaf in the shape of its authority's hierarchy. */
export function makeLeaf(input: LeafInput, options: LeafOptions = {}): Leaf {
  const { authority, key, serial, issued } = input;
  const years = options.years ?? (authority.key.kind === "rsa" ? 5 : 10);
  const template = templateOf(input, options);
  const fields: CertificateFields = {
    serial,
    issuer: authority.name,
    notBefore: issued,
    notAfter: options.notAfter ?? notAfterOf(input.person, issued, years),
    subject: subjectOf(input),
    spki: key.spki,
    extensions: options.extensions?.(template) ?? template,
    ...options.fields,
  };
  return {
    authority,
    key,
    serial: fields.serial,
    subject: fields.subject,
    notBefore: fields.notBefore,
    notAfter: fields.notAfter,
    certificate: makeCertificate(fields, options.signer ?? authority.signer),
  };
}
