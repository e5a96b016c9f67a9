import type { SigningScheme } from "honnin";
import { readTime } from "../../time.js";
import { invalid } from "../option-checks.js";
import { canonicalBase64 } from "./encoding.js";
import { hashBytes, readMethod, type SigningHash } from "./method.js";

/** A signature in progress at the service. Plain JSON without secrets. */
export interface SignatureTransaction {
  /** The UUID that the service assigned. */
  readonly id: string;
  /** The digest of the document in base64. */
  readonly digest: string;
  readonly hash: SigningHash;
  readonly form: "bare" | "digest-info";
  readonly scheme: SigningScheme;
  /** For ECDSA only. */
  readonly ecdsaForm?: "der" | "raw";
  /** Unix time in seconds. */
  readonly startedAt: number;
}

/** @throws HonninError `options-invalid` unless the value is a UUID (RFC 9562 §4), which is safe in a URL */
export function checkTransactionId(id: unknown): asserts id is string {
  if (!isUuid(id)) throw invalid("The transaction's id", "be a UUID");
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/**
 * Checks a transaction that the caller stored.
 *
 * @returns its digest
 * @throws HonninError `options-invalid`
 */
export function readTransaction(transaction: SignatureTransaction): Uint8Array<ArrayBuffer> {
  if (typeof transaction !== "object" || transaction === null) {
    throw invalid("transaction", "be the transaction that startSignature returned");
  }
  checkTransactionId(transaction.id);
  const { hash } = readMethod(transaction);
  const digest = typeof transaction.digest === "string" ? canonicalBase64(transaction.digest) : undefined;
  if (transaction.hash !== hash || digest?.length !== hashBytes[hash]) {
    throw invalid(
      "transaction",
      "have the hash of its scheme, and a base64 digest of the length of that hash",
    );
  }
  if (typeof transaction.startedAt !== "number")
    throw invalid("transaction.startedAt", "be a Unix time in seconds");
  readTime(transaction.startedAt, "transaction.startedAt");
  return digest;
}
