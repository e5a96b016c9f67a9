import { randomBytes } from "node:crypto";
import { unsignedOctets } from "./asn1/der.js";
import { ecKeyPair } from "./keys/ec.js";
import type { KeyKind, KeyPair } from "./keys/key-pair.js";
import { Random } from "./keys/random.js";
import { rsaKeyPair } from "./keys/rsa.js";
import { type Authority, makeAuthority } from "./x509/authority.js";
import type { Person } from "./x509/holder.js";
import { type Leaf, type LeafOptions, makeLeaf } from "./x509/leaf.js";
import type { HierarchyName } from "./x509/profile.js";

/** One of the two hierarchies: every generation has the same name. */
export interface Hierarchy {
  readonly name: HierarchyName;
  /** RSA-2048, the older first. */
  readonly generations: readonly [older: Authority, newer: Authority];
  /** The generation that issues today's cards: the newer one. */
  readonly current: Authority;
  /** P-384, for the card to come. */
  readonly nextCard: Authority;
}

export interface SyntheticJpki {
  readonly now: Date;
  readonly sign: Hierarchy;
  readonly auth: Hierarchy;
  /** A 署名用電子証明書 and its key. The authority decides RSA or P-384. */
  issueSignCertificate(person: Person, options?: LeafOptions): Promise<Leaf>;
  /** A 利用者証明用電子証明書 and its key. */
  issueAuthCertificate(person: Person, options?: LeafOptions): Promise<Leaf>;
  /** A key pair that depends on the seed and the label only. */
  makeKey(label: string, kind?: KeyKind, rsa?: { bits?: number; exponent?: bigint }): Promise<KeyPair>;
}

const day = 86_400_000;
const inYears = (time: Date, years: number) =>
  new Date(Date.UTC(time.getUTCFullYear() + years, time.getUTCMonth(), time.getUTCDate(), 14, 59, 59));

/**
 * A whole synthetic JPKI. With a seed, two calls at the same `now` give the same bytes throughout.
 *
 * @param options.now the time from which validities are reckoned
 * @param options.seed any text; random where absent
 */
export async function createSyntheticJpki(
  options: { now?: Date; seed?: string } = {},
): Promise<SyntheticJpki> {
  const now = new Date(Math.floor((options.now ?? new Date()).getTime() / 1000) * 1000);
  const seed = options.seed ?? randomBytes(32);
  const random = (label: string) => new Random(seed, label);

  const makeKey: SyntheticJpki["makeKey"] = async (label, kind = "rsa", rsa = {}) =>
    kind === "rsa" ? rsaKeyPair(random(`key ${label}`), rsa) : ecKeyPair(random(`key ${label}`), kind);

  // Three octets for leaves and authorities, as real ones have; the counter keeps them apart.
  let issuedSoFar = 0n;
  const serials = random("serial").integer(20) | (1n << 20n);
  const nextSerial = () => unsignedOctets(serials + 37n * issuedSoFar++);

  async function generation(hierarchy: HierarchyName, name: string, kind: KeyKind, age: number) {
    const label = `${hierarchy} authority ${name}`;
    const start = inYears(now, -age);
    const notBefore = new Date(start.getTime() + Number(random(`hour ${label}`).integer(16)) * 1000 - day);
    return makeAuthority({
      hierarchy,
      generation: name,
      serial: nextSerial(),
      key: await makeKey(label, kind),
      notBefore,
      notAfter: inYears(start, 10),
    });
  }

  async function makeHierarchy(name: HierarchyName): Promise<Hierarchy> {
    const older = await generation(name, "02", "rsa", 7);
    const newer = await generation(name, "03", "rsa", 3);
    const nextCard = await generation(name, "next-card", "p384", 1);
    return { name, generations: [older, newer], current: newer, nextCard };
  }
  const sign = await makeHierarchy("sign");
  const auth = await makeHierarchy("auth");

  async function issue(hierarchy: Hierarchy, person: Person, options: LeafOptions): Promise<Leaf> {
    const authority = options.authority ?? hierarchy.current;
    // The older generation stopped issuing when the newer one started.
    const age = authority === hierarchy.generations[0] ? 4 * 365 : 40;
    const serial = options.serial ?? nextSerial();
    const label = `leaf ${Buffer.from(serial).toString("hex")}`;
    const length = authority.hierarchy === "sign" ? 28 : 23;
    const issued = options.issued ?? new Date(now.getTime() - age * day);
    return makeLeaf(
      {
        person,
        authority,
        key: options.key ?? (await makeKey(label, authority.key.kind)),
        serial,
        issued,
        commonName: `${random(label).characters(length - 1)}A`,
      },
      options,
    );
  }

  return {
    now,
    sign,
    auth,
    issueSignCertificate: (person, options = {}) => issue(sign, person, options),
    issueAuthCertificate: (person, options = {}) => issue(auth, person, options),
    makeKey,
  };
}
