import { ask } from "../verifier/call.js";
import type { Bytes } from "../verifier/parts.js";
import type { CertificateLimits } from "./certificate-options.js";

/** The kind of the input. */
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

/** A label with a value, or with several fields. */
export interface InspectedField {
  /** In English. */
  readonly label: string;
  readonly value?: string;
  /** The field and all fields in it contain personal data. Show them only on request. */
  readonly personal?: true;
  readonly fields?: readonly InspectedField[];
}

/** A description of unverified input. */
export interface Inspection {
  readonly kind: InspectedKind;
  /** The encoding: DER (BER for CMS), PEM, base64, text, or a file format. */
  readonly encoding: "der" | "pem" | "base64" | "text" | "file";
  readonly verified: false;
  /** States that nothing was verified, in English. */
  readonly note: string;
  readonly fields: readonly InspectedField[];
}

/** Options of {@link inspect}. */
export interface InspectOptions {
  readonly limits?: Pick<CertificateLimits, "inputBytes"> | undefined;
}

type Accepted = { readonly ok: true; readonly inspection: Inspection };

/**
 * Detects what bytes or a string are (certificate, CRL, OCSP response, CMS message, signed PDF, public key, JWS, JWE, JWK, JWK
 * Set; in DER, PEM, base64 or JSON) and describes it for people. Verifies nothing.
 *
 * @throws HonninError `format-unknown`, `input-too-large`, or the code for malformed input of the detected kind
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
  const { inspection } = await ask<Accepted>("inspect", options, "The options argument of inspect", {
    input,
  });
  return inspection;
}
