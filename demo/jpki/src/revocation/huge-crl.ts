// Lists of real size: the entries go straight into one buffer, and the whole is signed once.

import { serialize } from "../asn1/convert.js";
import { bitString, context, integer, lengthOctets, sequence, time } from "../asn1/der.js";
import { type CrlFields, crlExtensions, nextUpdateOf } from "./crl.js";

/** The first serial number of a huge list. Entry `i` is `firstSerial + 2 * i`: even numbers are revoked, odd ones not. */
export const firstSerial = 0x10000000;
export const serialOfEntry = (index: number) => firstSerial + 2 * index;

export interface HugeCrlFields extends Omit<CrlFields, "entries"> {
  /** At most 2²⁸, so that every serial number has four octets. */
  readonly count: number;
}

/** All entries, each with one of the reasons in turn. */
function entries(count: number): Uint8Array {
  // SEQUENCE { INTEGER of four octets, UTCTime, SEQUENCE { SEQUENCE { cRLReason, OCTET STRING { ENUMERATED } } } }
  const template = sequence(
    Uint8Array.of(0x02, 0x04, 0, 0, 0, 0),
    time(new Date(Date.UTC(2026, 0, 1))),
    sequence(sequence(Uint8Array.of(0x06, 0x03, 0x55, 0x1d, 0x15), Uint8Array.of(0x04, 0x03, 0x0a, 0x01, 0))),
  );
  const reasonAt = template.length - 1;
  const serialAt = 4;
  const reasons = Uint8Array.of(1, 3, 4, 5, 6);
  const all = new Uint8Array(template.length * count);
  const view = new DataView(all.buffer);
  for (let i = 0, at = 0; i < count; i++, at += template.length) {
    all.set(template, at);
    view.setUint32(at + serialAt, serialOfEntry(i));
    all[at + reasonAt] = reasons[i % reasons.length] ?? 1;
  }
  return all;
}

/** A list of `count` entries, DER. A million take about a second. */
export function makeHugeCrl(fields: HugeCrlFields): Uint8Array {
  if (!(fields.count >= 0 && fields.count <= 2 ** 28)) throw new RangeError("at most 2^28 entries");
  const signer = fields.signer ?? fields.issuer.signer;
  const nextUpdate = nextUpdateOf(fields);
  const list = entries(fields.count);
  const extensions = crlExtensions(fields).map((one) => serialize(one));
  const tbs = sequence(
    integer(1),
    signer.algorithm,
    serialize(fields.issuer.name),
    time(fields.thisUpdate),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(list.length === 0 ? [] : [Uint8Array.of(0x30), lengthOctets(list.length), list]),
    context(0, sequence(...extensions)),
  );
  return sequence(tbs, signer.algorithm, bitString(signer.sign(tbs)));
}
