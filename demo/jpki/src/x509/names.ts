import {
  AttributeTypeAndValue,
  AttributeValue,
  GeneralName,
  Name,
  RelativeDistinguishedName,
} from "@peculiar/asn1-x509";
import { oid } from "../asn1/oids.js";

const types = {
  C: oid.countryName,
  L: oid.localityName,
  O: oid.organizationName,
  OU: oid.organizationalUnitName,
  CN: oid.commonName,
} as const;

export type NamePart = readonly [type: keyof typeof types, value: string];
export type StringType = "utf8String" | "printableString" | "teletexString" | "bmpString";

/** A name as JPKI writes it: one attribute per RDN, C as PrintableString, all else as UTF8String. */
export function distinguishedName(parts: readonly NamePart[], strings: StringType = "utf8String"): Name {
  return new Name(
    parts.map(([type, value]) => {
      const kind = type === "C" ? "printableString" : strings;
      return new RelativeDistinguishedName([
        new AttributeTypeAndValue({ type: types[type], value: new AttributeValue({ [kind]: value }) }),
      ]);
    }),
  );
}

export const directoryName = (name: Name) => new GeneralName({ directoryName: name });
