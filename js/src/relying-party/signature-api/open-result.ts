import { HonninError } from "../../error.js";
import { invalid, readWhole } from "../option-checks.js";
import type { PrivateJwk } from "../service/client-key.js";
import {
  type ContentEncryption,
  type DecryptionAlgorithm,
  readAlgorithms,
  readEncryptions,
} from "./algorithms.js";
import { chooseKey, importDecryptionKey } from "./choose-key.js";
import { readDecryptionKeys } from "./decryption-keys.js";
import { type JweHeader, readJwe } from "./jwe.js";
import { readNames, type SigningNamesChoice } from "./names.js";
import { type ReadPayload, readPayload, type SignatureResult } from "./payload.js";

/** Options of {@link openSignatureResult}. */
export interface OpenSignatureResultOptions {
  /** The JWE in compact serialization. */
  readonly result: string;
  /** Private JWKs (RSA with 2048 to 8192 bits, or EC on P-256, P-384 or P-521), including old keys of a rotation. */
  readonly keys: PrivateJwk | readonly PrivateJwk[];
  /** The allowed key management algorithms. Default RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A256KW. */
  readonly algorithms?: readonly DecryptionAlgorithm[] | undefined;
  /** The allowed content encryption algorithms. Default A128GCM, A256GCM, A128CBC-HS256. */
  readonly encryptions?: readonly ContentEncryption[] | undefined;
  readonly names?: SigningNamesChoice | undefined;
  /** Reads the content of the JWE. Default: JSON with the signature and the certificate in base64. */
  readonly read?: ReadPayload | undefined;
  /** The maximum size of the JWE in bytes. Default 262,144. */
  readonly maxBytes?: number | undefined;
}

/** As `openSignatureResult`. */
export async function openResult(options: OpenSignatureResultOptions): Promise<SignatureResult> {
  const algorithms = readAlgorithms(options.algorithms);
  const encryptions = readEncryptions(options.encryptions);
  const keys = readDecryptionKeys(options.keys, algorithms);
  const names = readNames(options.names);
  const maxBytes = readWhole("maxBytes", options.maxBytes, [1, 67_108_864]) ?? 262_144;
  const { result, read } = options;
  if (read !== undefined && typeof read !== "function") throw invalid("read", "be a function");
  const header = readJwe(result, algorithms, encryptions, maxBytes);
  const key = await importDecryptionKey(chooseKey(keys, header.alg, header.kid), header.alg);
  return readPayload(await decrypt(result, key, header), names, read);
}

async function decrypt(
  result: string,
  key: CryptoKey,
  { alg, enc }: JweHeader,
): Promise<Uint8Array<ArrayBuffer>> {
  const { compactDecrypt } = await import("./jose.js");
  try {
    const { plaintext } = await compactDecrypt(result, key, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [enc],
    });
    return new Uint8Array(plaintext);
  } catch {
    // One error for every failure: the reason must not be revealed (RFC 7516 §11.5).
    throw new HonninError(
      "signature-result-undecryptable",
      "The result cannot be decrypted with the key that it names: it was encrypted for another key, or altered.",
    );
  }
}
