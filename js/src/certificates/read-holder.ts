import { fromBase64 } from "../base64.js";
import { ask } from "../verifier/call.js";
import type { DerOrPem } from "../verifier/parts.js";
import type { CertificateLimits } from "./certificate-options.js";

/** A text, and which of its characters replace others that the card's character set lacks. */
export interface HolderText {
  /** As it stands in the certificate. */
  readonly raw: string;
  /** The substitution mask as in the certificate: one `0` or `1` per character. `null` if there is none. */
  readonly mask: string | null;
  /** The indexes of substituted characters (Unicode code points), from 0. `null` without a mask that matches the text. */
  readonly substituted: readonly number[] | null;
}

/** 生年月日: an era and a Gregorian date. A part that is missing in the text is `null`; nothing is guessed. */
export interface HolderBirthDate {
  /** As it stands in the certificate. */
  readonly raw: string;
  readonly era: "meiji" | "taisho" | "showa" | "heisei" | "reiwa" | null;
  /** The Gregorian year. */
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** `YYYY-MM-DD`, if all three are known. */
  readonly date: string | null;
}

/** 性別. */
export interface HolderGender {
  /** As it stands in the certificate. */
  readonly raw: string;
  /** `null` for any other text. */
  readonly parsed: "male" | "female" | "unknown" | null;
}

/** An unknown entry; with `der` instead of `text` if it is not a string. */
export interface HolderEntry {
  readonly oid: string;
  readonly text?: string;
  readonly der?: Uint8Array<ArrayBuffer>;
}

/** Warnings about the data. */
export type HolderWarning =
  | "name-substitution-length"
  | "name-substitution-malformed"
  | "address-substitution-length"
  | "address-substitution-malformed"
  | "birth-date-unparsed"
  | "birth-date-era-mismatch"
  | "incomplete";

/** The holder of a signing certificate (署名用電子証明書). Personal data: store only what you need and may store, and do not log it. */
export interface Holder {
  /** 氏名: surname, U+3000, given name. */
  readonly name: HolderText;
  /** 住所, from the prefecture. */
  readonly address: HolderText | null;
  readonly birthDate: HolderBirthDate | null;
  readonly gender: HolderGender | null;
  readonly others: readonly HolderEntry[];
  readonly warnings: readonly HolderWarning[];
}

/** Options of {@link readHolder}. */
export interface ReadHolderOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes" | "certificateBytes"> | undefined;
}

type Accepted = { readonly ok: true } & Omit<Holder, "others"> & {
    readonly others: readonly { readonly oid: string; readonly text?: string; readonly der?: string }[];
  };

/**
 * Reads the holder's data in a signing certificate (署名用電子証明書). Verifies nothing: verify the certificate first.
 *
 * @param certificate in DER or PEM
 * @throws HonninError `holder-missing` for other certificates, `holder-duplicate-entry`, `holder-malformed`,
 *   `certificate-malformed`
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { readHolder } from "honnin";
 *
 * // Verified before, by verifyCertificate with the profile jpki-sign.
 * const { name, birthDate } = await readHolder(await readFile("signer.cer"));
 * console.log(name?.raw, birthDate?.date);
 * ```
 */
export async function readHolder(certificate: DerOrPem, options: ReadHolderOptions = {}): Promise<Holder> {
  const answer = await ask<Accepted>("read_holder", options, "The options argument of readHolder", {
    certificate,
  });
  const { name, address, birthDate, gender, others, warnings } = answer;
  const entries = others.map(({ der, ...entry }) =>
    der === undefined ? entry : { ...entry, der: fromBase64(der) },
  );
  return { name, address, birthDate, gender, others: entries, warnings };
}
