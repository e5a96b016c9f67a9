import type { Extension, Name } from "@peculiar/asn1-x509";
import type { KeyPair } from "../keys/key-pair.js";
import { type Signer, signerOf } from "../keys/signer.js";
import { makeCertificate } from "./certificate.js";
import {
  basicConstraints,
  cRLDistributionPoints,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions.js";
import { directoryName, distinguishedName } from "./names.js";
import { type HierarchyName, profiles } from "./profile.js";

/** One generation of a certificate authority. */
export interface Authority {
  readonly hierarchy: HierarchyName;
  readonly generation: string;
  readonly name: Name;
  readonly serial: Uint8Array;
  readonly key: KeyPair;
  readonly signer: Signer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The self-signed certificate, DER. */
  readonly certificate: Uint8Array;
}

export interface AuthorityFields {
  readonly hierarchy: HierarchyName;
  readonly generation: string;
  readonly serial: Uint8Array;
  readonly key: KeyPair;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Changes what the template has, to break it. */
  readonly extensions?: (template: Extension[]) => Extension[];
  readonly name?: Name;
  readonly signer?: Signer;
}

/** A self-signed authority in JPKI's shape: no authorityKeyIdentifier, no policies, no pathLenConstraint. */
export function makeAuthority(fields: AuthorityFields): Authority {
  const profile = profiles[fields.hierarchy];
  const name = fields.name ?? distinguishedName(profile.authority);
  const signer = fields.signer ?? signerOf(fields.key);
  const template = [
    keyUsage(["keyCertSign", "cRLSign"]),
    subjectAltName([directoryName(distinguishedName(profile.japanese))]),
    basicConstraints(true),
    cRLDistributionPoints([{ fullName: name }]),
    subjectKeyIdentifier(fields.key.keyIdentifier),
  ];
  const certificate = makeCertificate(
    {
      serial: fields.serial,
      issuer: name,
      notBefore: fields.notBefore,
      notAfter: fields.notAfter,
      subject: name,
      spki: fields.key.spki,
      extensions: fields.extensions?.(template) ?? template,
    },
    signer,
  );
  const { hierarchy, generation, serial, key, notBefore, notAfter } = fields;
  return { hierarchy, generation, name, serial, key, signer, notBefore, notAfter, certificate };
}
