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
import { type Person, people } from "../people.js";
import type { Bilingual } from "../types.js";
import type { DataToSign } from "./data.js";

/** What the card that is held to the phone is like. */
export const cardKinds = ["normal", "next-card", "revoked", "unknown-policy"] as const;
export type CardKind = (typeof cardKinds)[number];

export const cardTitles: Readonly<Record<CardKind, Bilingual>> = {
  normal: { ja: "ふつうのカード（RSA 2048）", en: "An ordinary card (RSA 2048)" },
  "next-card": { ja: "次期個人番号カード（P-384）", en: "A next-generation card (P-384)" },
  revoked: { ja: "証明書が失効したカード", en: "A card with a revoked certificate" },
  "unknown-policy": { ja: "未知のポリシーの証明書のカード", en: "A card with an unknown policy" },
};

export function findCardKind(value: unknown): CardKind | undefined {
  return cardKinds.find((kind) => kind === value);
}

/** In the arc for examples (X.660): no profile knows it. */
const UNKNOWN_POLICY = "2.999.392.99";
const SEED = "honnin emulator";
/** Fictional, and the same for everybody: the one list of an authority covers all its certificates. */
const municipality = { prefecture: "Kakuu-ken", municipality: "Mihon-shi" };

/** The name under which the lists of revoked certificates are published (cRLDistributionPoints). */
export const distributionPoint = distinguishedName(municipalityCrl("sign", municipality));

type Signer = Person & Required<Pick<Person, "name" | "address" | "birthdate" | "gender">>;

/** The 署名用電子証明書 names its holder: who has no basic items has no such certificate. */
export function canSign(person: Person): person is Signer {
  return [person.name, person.address, person.birthdate, person.gender].every((item) => item !== undefined);
}

/** Authorities by year: they depend on nothing else, so emulators of one process share them. */
const authorities = new BoundedMap<number, Promise<SyntheticJpki>>(4);

/** The cards of the fictional people, and the authorities that issued them. */
export class Cards {
  readonly jpki: SyntheticJpki;
  readonly #leaves = new Map<string, Promise<Leaf>>();

  private constructor(jpki: SyntheticJpki) {
    this.jpki = jpki;
  }

  /** From the start of the year (UTC) on; within it the keys and serial numbers survive restarts. */
  static async of(time: Date): Promise<Cards> {
    const year = time.getUTCFullYear();
    const made =
      authorities.get(year) ?? createSyntheticJpki({ now: new Date(Date.UTC(year, 0, 1)), seed: SEED });
    authorities.set(year, made);
    return new Cards(await made);
  }

  /** Every authority of the 署名用 hierarchy. */
  get authorities(): readonly Authority[] {
    return [...this.jpki.sign.generations, this.jpki.sign.nextCard];
  }

  #authorityOf(kind: CardKind): Authority {
    return kind === "next-card" ? this.jpki.sign.nextCard : this.jpki.sign.current;
  }

  /** The certificate of one card; issued once. */
  leaf(person: Signer, kind: CardKind): Promise<Leaf> {
    const key = `${kind} ${person.id}`;
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
        serial: serialOf(person, kind),
        ...(kind === "unknown-policy" ? { policies: [UNKNOWN_POLICY] } : {}),
      },
    );
  }

  /** The card signs what it is handed: RSA pads the very bytes, ECDSA takes the hash. */
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

  /** The serial numbers that an authority has revoked. */
  revokedBy(authority: Authority): readonly Uint8Array[] {
    return this.#cardsOf(authority).flatMap(({ kind, serial }) => (kind === "revoked" ? [serial] : []));
  }

  /** The kind of card whose certificate has this serial number (hexadecimal). */
  kindOf(authority: Authority, serial: string): CardKind | undefined {
    return this.#cardsOf(authority).find((card) => Buffer.from(card.serial).toString("hex") === serial)?.kind;
  }

  /** Whether a certificate was handed out already makes no difference: after a restart nobody would know. */
  #cardsOf(authority: Authority): readonly { kind: CardKind; serial: Uint8Array }[] {
    return cardKinds
      .filter((kind) => this.#authorityOf(kind) === authority)
      .flatMap((kind) => people.filter(canSign).map((person) => ({ kind, serial: serialOf(person, kind) })));
  }
}

/** Four octets, where the authorities' own have three. */
function serialOf(person: Person, kind: CardKind): Uint8Array {
  return Uint8Array.of(0x51, cardKinds.indexOf(kind), 0x40, people.indexOf(person));
}
