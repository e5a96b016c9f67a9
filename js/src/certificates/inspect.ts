import { ask } from "../verifier/call.js";
import type { Bytes } from "../verifier/parts.js";
import type { CertificateLimits } from "./certificate-options.js";

/** What a blob is. */
export type InspectedKind =
  | "certificate"
  | "crl"
  | "ocsp-response"
  | "signed-data"
  | "signed-pdf"
  | "public-key"
  | "jws"
  | "jwe"
  | "jwk"
  | "jwk-set";

/** One labelled value, or several below one label. */
export interface InspectedField {
  /** In English. */
  readonly label: string;
  readonly value?: string;
  /** It tells something about a person, and so does all below it: show it only when asked. */
  readonly personal?: true;
  readonly fields?: readonly InspectedField[];
}

/** A description of something that was not verified. */
export interface Inspection {
  readonly kind: InspectedKind;
  /** How it was written: DER (BER, for CMS), PEM, base64, text of its own, or a file of its own format. */
  readonly encoding: "der" | "pem" | "base64" | "text" | "file";
  readonly verified: false;
  /** Says that nothing was verified, in English. */
  readonly note: string;
  readonly fields: readonly InspectedField[];
}

/** What {@link inspect} takes beside the input. */
export interface InspectOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly inspection: Inspection };

/**
 * Tells what bytes or a text are (certificate, CRL, OCSP response, CMS message, signed PDF, public key, JWS, JWE, JWK, JWK
 * Set; DER, PEM, base64 or JSON) and describes it for people. Verifies nothing.
 *
 * @throws HonninError `format-unknown`, `input-too-large`, or the code of what it is a malformed one of
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { inspect } from "honnin";
 *
 * const { kind, fields } = await inspect(await readFile("unknown.bin"));
 * console.log(kind);
 * for (const { label, value, personal } of fields) if (personal !== true) console.log(label, value);
 * ```
 */
export async function inspect(input: Bytes | string, options: InspectOptions = {}): Promise<Inspection> {
  const { inspection } = await ask<Accepted>("inspect", options, "the options of inspect", { input });
  return inspection;
}
