import type { SigningScheme } from "honnin";
import { invalid } from "../option-checks.js";

/** The input to the card, which determines the form of the signature. The service adds no padding, and the verifier does not guess. */
export interface SigningMethod {
  /** The digest as a DER `DigestInfo` (RFC 8017 §9.2), or the bare digest. */
  readonly form: "bare" | "digest-info";
  /**
   * Default: `rsa-pkcs1-sha256` for `digest-info`, `rsa-pkcs1-bare` for `bare`. No other RSA scheme is possible with them.
   * `ecdsa-p384-sha384`, for next-generation cards, is possible with both forms.
   */
  readonly scheme?: SigningScheme | undefined;
  /** The encoding of an ECDSA signature: DER, or r‖s. Default `der`. Not allowed for RSA. */
  readonly ecdsaForm?: "der" | "raw" | undefined;
}

/** A method with its defaults. */
export interface CompleteMethod {
  readonly form: "bare" | "digest-info";
  readonly scheme: SigningScheme;
  readonly ecdsaForm?: "der" | "raw";
  readonly hash: SigningHash;
}

/** The hash algorithms of the schemes. */
export type SigningHash = "sha256" | "sha384";

/** The length of a digest in bytes. */
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
    if (ecdsaForm !== undefined) throw invalid("ecdsaForm", "not be set: the scheme is not ECDSA");
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
