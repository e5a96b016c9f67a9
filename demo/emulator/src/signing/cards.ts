import {
  type Authority,
  cardSign,
  createSyntheticJpki,
  distinguishedName,
  type Leaf,
  municipalityCrl,
  type SyntheticJpki,
} from "@honnin/synthetic-jpki";
import { BoundedMap } from "../bounded-map.js";
import type { Person } from "../people.js";
import { People } from "../people-registry.js";
import type { Bilingual } from "../types.js";
import type { DataToSign } from "./data.js";
import { readKnownPrimes } from "./known-primes.js";

/** The kinds of cards. */
export const cardKinds = ["normal", "next-card", "revoked", "unknown-policy"] as const;
export type CardKind = (typeof cardKinds)[number];

export const cardTitles: Readonly<Record<CardKind, Bilingual>> = {
  normal: { ja: "現行のカード（RSA 2048）", en: "A current card (RSA 2048)" },
  "next-card": { ja: "次期個人番号カード（P-384）", en: "A next-generation card (P-384)" },
  revoked: { ja: "証明書が失効したカード", en: "A card with a revoked certificate" },
  "unknown-policy": { ja: "未知のポリシーの証明書のカード", en: "A card with an unknown policy" },
};

export function findCardKind(value: unknown): CardKind | undefined {
  return cardKinds.find((kind) => kind === value);
}

/** In the arc for examples (X.660): unknown to every profile. */
const UNKNOWN_POLICY = "2.999.392.99";
const SEED = "honnin emulator";
/** Fictional, and the same for all people: the only CRL of a CA covers all its certificates. */
const municipality = { prefecture: "Kakuu-ken", municipality: "Mihon-shi" };

/** The name of the CRL distribution point (cRLDistributionPoints). */
export const distributionPoint = distinguishedName(municipalityCrl("sign", municipality));

type Signer = Person & Required<Pick<Person, "name" | "address" | "birthdate" | "gender">>;

/** The 署名用電子証明書 names its holder, so a person without basic items has none. */
export function canSign(person: Person): person is Signer {
  return [person.name, person.address, person.birthdate, person.gender].every((item) => item !== undefined);
}

/** CAs by year. They depend on nothing else, so the emulators of one process share them. */
const authorities = new BoundedMap<number, Promise<SyntheticJpki>>(4);

/** The cards of the fictional people, and their CAs. */
export class Cards {
  readonly jpki: SyntheticJpki;
  readonly #leaves = new Map<string, Promise<Leaf>>();

  readonly #people: People;

  private constructor(jpki: SyntheticJpki, people: People) {
    this.jpki = jpki;
    this.#people = people;
  }

  /** From the start of the year (UTC) on; within it the keys and serial numbers survive restarts. */
  static async of(time: Date, people = new People()): Promise<Cards> {
    readKnownPrimes();
    const year = time.getUTCFullYear();
    const made =
      authorities.get(year) ?? createSyntheticJpki({ now: new Date(Date.UTC(year, 0, 1)), seed: SEED });
    authorities.set(year, made);
    return new Cards(await made, people);
  }

  /** All CAs of the 署名用 hierarchy. */
  get authorities(): readonly Authority[] {
    return [...this.jpki.sign.generations, this.jpki.sign.nextCard];
  }

  #authorityOf(kind: CardKind): Authority {
    return kind === "next-card" ? this.jpki.sign.nextCard : this.jpki.sign.current;
  }

  /** The certificate of one card; issued once. */
  leaf(person: Signer, kind: CardKind): Promise<Leaf> {
    const key = `${kind} ${this.#people.numberOf(person)}`;
    const issued = this.#leaves.get(key) ?? this.#issue(person, kind);
    this.#leaves.set(key, issued);
    return issued;
  }

  #issue(person: Signer, kind: CardKind): Promise<Leaf> {
    const { name, address, birthdate, gender } = person;
    return this.jpki.issueSignCertificate(
      { name, address, birthDate: birthdate, gender: gender as "1" | "2" | "3", ...municipality },
      {
        authority: this.#authorityOf(kind),
        serial: this.#serialOf(person, kind),
        ...(kind === "unknown-policy" ? { policies: [UNKNOWN_POLICY] } : {}),
      },
    );
  }

  /** The card signs its input: RSA pads the bytes, ECDSA uses the hash. */
  async sign(
    person: Signer,
    kind: CardKind,
    { bytes, hash }: Pick<DataToSign, "bytes" | "hash">,
  ): Promise<{ signature: Uint8Array; certificate: Uint8Array }> {
    const leaf = await this.leaf(person, kind);
    const signature =
      leaf.key.kind === "rsa" ? cardSign(leaf, bytes, "bare") : cardSign(leaf, hash, "der-ecdsa");
    return { signature, certificate: leaf.certificate };
  }

  /** The revoked serial numbers of a CA. */
  revokedBy(authority: Authority): readonly Uint8Array[] {
    return this.#cardsOf(authority).flatMap(({ kind, serial }) => (kind === "revoked" ? [serial] : []));
  }

  /** The kind of card whose certificate has this serial number (hexadecimal). */
  kindOf(authority: Authority, serial: string): CardKind | undefined {
    return this.#cardsOf(authority).find((card) => Buffer.from(card.serial).toString("hex") === serial)?.kind;
  }

  /** All cards of a CA, whether issued or not, because this is unknown after a restart. */
  #cardsOf(authority: Authority): readonly { kind: CardKind; serial: Uint8Array }[] {
    return cardKinds
      .filter((kind) => this.#authorityOf(kind) === authority)
      .flatMap((kind) =>
        this.#people
          .everybody()
          .filter(canSign)
          .map((person) => ({ kind, serial: this.#serialOf(person, kind) })),
      );
  }

  /** Four octets. The serial numbers of the CAs have three. */
  #serialOf(person: Person, kind: CardKind): Uint8Array {
    const number = this.#people.numberOf(person);
    return Uint8Array.of(0x51, cardKinds.indexOf(kind), 0x40 + (number >> 8), number & 0xff);
  }
}
