// The public functions. The handler's own code does not use this file: bundlers that split put everything that an entry exports next
// to the entry's code, and with it what only signatures need.
import { type FetchSignatureResultOptions, fetchResult } from "./fetch-result.js";
import { type OpenSignatureResultOptions, openResult } from "./open-result.js";
import type { SignatureResult } from "./payload.js";
import { type StartSignatureOptions, startTransaction } from "./start-signature.js";
import type { SignatureTransaction } from "./transaction.js";
import {
  type VerifiedSignatureResult,
  type VerifySignatureResultOptions,
  verifyResult,
} from "./verify-result.js";

/**
 * Fetches the result of a signature after the user has signed. The result can be collected once: store it immediately.
 *
 * Retries while the result is not available (202, 204), and after 408, 425, 429, 5xx, timeouts and broken connections.
 *
 * @returns the JWE in compact serialization, not decrypted yet
 * @throws HonninError `signature-result-pending` (every attempt was too early), `signature-transaction-expired`,
 *   `signature-transaction-used`, `signature-user-mismatch`, `signature-result-refused` (the message has the status),
 *   `signature-result-malformed`, `endpoint-unreachable`, `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`, `response-malformed`,
 *   `options-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { fetchSignatureResult } from "honnin/relying-party";
 *
 * // The user's access token, with the scope `sign`.
 * export async function fetchOnce(transactionId: string, accessToken: string): Promise<string> {
 *   const environment = environments.sandbox;
 *   return fetchSignatureResult({ environment, transactionId, accessToken, attempts: 6 });
 * }
 * ```
 */
export async function fetchSignatureResult(options: FetchSignatureResultOptions): Promise<string> {
  return fetchResult(options, async () => undefined);
}

/**
 * Decrypts the result of a signature (RFC 7516 §5.2) with one of the given keys and an allowed algorithm. Does not verify the
 * signature in it.
 *
 * @throws HonninError `signature-result-malformed`, `signature-result-undecryptable`, `algorithm-not-allowed`,
 *   `critical-header-unsupported`, `decryption-key-invalid`, `options-invalid`; neither message nor cause contains a part of a key
 *   or of the decrypted content
 *
 * @example
 * ```ts
 * import { openSignatureResult, type PrivateJwk, type SignatureResult } from "honnin/relying-party";
 *
 * export async function open(result: string, keys: PrivateJwk[]): Promise<SignatureResult> {
 *   return openSignatureResult({ result, keys }); // for verifySignatureResult: nothing is verified yet
 * }
 * ```
 */
export async function openSignatureResult(options: OpenSignatureResultOptions): Promise<SignatureResult> {
  return openResult(options);
}

/**
 * Starts a signature (署名API): sends the digest of the document to the service. Then send the user to the authorization endpoint
 * with the scope `sign` and the ID of the transaction as `sign_transaction_id`.
 *
 * @throws HonninError `signature-transaction-refused` (the message contains the status and the error code of the service),
 *   `endpoint-unreachable`, `endpoint-timeout`, `response-too-large`, `response-malformed`, `options-invalid`, and as
 *   `requestClientCredentialsToken`
 *
 * @example
 * ```ts
 * import { digestDocument } from "honnin";
 * import { environments } from "honnin/launch";
 * import { type ClientOptions, type SignatureTransaction, startSignature } from "honnin/relying-party";
 *
 * export async function begin(file: Blob, client: ClientOptions): Promise<SignatureTransaction> {
 *   const { digest } = await digestDocument(file, { hash: "sha256" });
 *   return startSignature({ ...client, environment: environments.sandbox, form: "digest-info", digest });
 * }
 * ```
 */
export async function startSignature(options: StartSignatureOptions): Promise<SignatureTransaction> {
  return startTransaction(options);
}

/**
 * Verifies the result of a signature: the signature against the digest and the scheme of the transaction, then the certificate, as
 * `verifySignature` does. Creates a package with document data, signature, certificate and the evidence that was used.
 *
 * @throws HonninError `document-mismatch`, `signature-mismatch`, `options-invalid`, and as `verifySignature` and
 *   `createSignedPackage`
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { type SignatureResult, type SignatureTransaction, verifySignatureResult } from "honnin/relying-party";
 *
 * export async function conclude(transaction: SignatureTransaction, opened: SignatureResult): Promise<string> {
 *   const { package: text } = await verifySignatureResult({
 *     ...opened,
 *     transaction,
 *     document: { name: "contract.pdf", data: await readFile("contract.pdf") },
 *     profile: "jpki-sign",
 *     anchors: await readFile("authorities.pem", "utf8"),
 *   });
 *   return text;
 * }
 * ```
 */
export async function verifySignatureResult(
  options: VerifySignatureResultOptions,
): Promise<VerifiedSignatureResult> {
  return verifyResult(options);
}
