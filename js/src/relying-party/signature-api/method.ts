import type { SigningScheme } from "honnin";
import { invalid } from "../option-checks.js";

/** What the card is handed, and so what comes back. The service pads nothing and the verifier guesses nothing. */
export interface SigningMethod {
  /** The hash as a DER `DigestInfo` (RFC 8017 §9.2), or the bare hash. */
  readonly form: "bare" | "digest-info";
  /**
   * Default: `rsa-pkcs1-sha256` for `digest-info`, `rsa-pkcs1-bare` for `bare`, and no other goes with them. `ecdsa-p384-sha384`,
   * the next card, goes with either form.
   */
  readonly scheme?: SigningScheme | undefined;
  /** How an ECDSA signature comes: DER, or r‖s. Default `der`. Of no meaning for RSA, and refused there. */
  readonly ecdsaForm?: "der" | "raw" | undefined;
}

/** A method, completed. */
export interface CompleteMethod {
  readonly form: "bare" | "digest-info";
  readonly scheme: SigningScheme;
  readonly ecdsaForm?: "der" | "raw";
  readonly hash: SigningHash;
}

/** The hashes of the schemes. */
export type SigningHash = "sha256" | "sha384";

/** Bytes of a hash. */
export const hashBytes: Readonly<Record<SigningHash, number>> = { sha256: 32, sha384: 48 };

/** @throws HonninError `options-invalid` */
export function readMethod(method: SigningMethod): CompleteMethod {
  if (typeof method !== "object" || method === null) {
    throw invalid("method", "be an object with the form, or a function that returns one");
  }
  const { form, ecdsaForm } = method;
  if (form !== "bare" && form !== "digest-info") throw invalid("form", "be bare or digest-info");
  const rsa = form === "bare" ? "rsa-pkcs1-bare" : "rsa-pkcs1-sha256";
  const scheme = method.scheme ?? rsa;
  if (scheme === rsa) {
    if (ecdsaForm !== undefined) throw invalid("ecdsaForm", "be left out: the scheme is not ECDSA");
    return { form, scheme, hash: "sha256" };
  }
  if (scheme !== "ecdsa-p384-sha384") {
    throw invalid("scheme", `be ${rsa} or ecdsa-p384-sha384 with the form ${form}`);
  }
  if (ecdsaForm !== undefined && ecdsaForm !== "der" && ecdsaForm !== "raw") {
    throw invalid("ecdsaForm", "be der or raw");
  }
  return { form, scheme, ecdsaForm: ecdsaForm ?? "der", hash: "sha384" };
}
