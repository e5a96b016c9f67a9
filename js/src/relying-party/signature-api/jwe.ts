import { HonninError } from "../../error.js";
import { parseStrictObject } from "../../strict-json.js";
import { type ContentEncryption, contentBytes, type DecryptionAlgorithm, keyTypes } from "./algorithms.js";
import { canonicalBase64url } from "./encoding.js";

/** The members of a JWE header that are used. Keys and URLs in it (`jwk`, `jku`, `x5c`, `x5u`) are ignored. */
export interface JweHeader {
  readonly alg: DecryptionAlgorithm;
  readonly enc: ContentEncryption;
  readonly kid: string | undefined;
}

/** The maximum length of the protected header in characters. It may contain `x5c`, which is ignored. */
const MAX_HEADER_CHARACTERS = 16_384;
/** The maximum length of the encrypted key in bytes: RSA with 8,192 bits. */
const MAX_KEY_BYTES = 1_024;

function malformed(what: string): HonninError {
  return new HonninError("signature-result-malformed", `The result ${what}.`);
}

/**
 * Parses a JWE in compact serialization (RFC 7516 §7.1) and checks that the algorithms in its header are allowed.
 *
 * @throws HonninError `signature-result-malformed`, `algorithm-not-allowed`, `critical-header-unsupported`
 */
export function readJwe(
  result: unknown,
  algorithms: readonly DecryptionAlgorithm[],
  encryptions: readonly ContentEncryption[],
  maxBytes: number,
): JweHeader {
  if (typeof result !== "string") throw malformed("is not a string");
  if (result.length > maxBytes) throw malformed(`is longer than ${maxBytes} bytes`);
  const segments = result.split(".", 6);
  const [header = "", ...rest] = segments;
  if (segments.length !== 5)
    throw malformed("is not a JWE in compact serialization: it does not have five parts");
  if (header.length > MAX_HEADER_CHARACTERS) throw malformed("has a header that is too long");
  const headerBytes = canonicalBase64url(header);
  const [key, iv, ciphertext, tag] = rest.map(canonicalBase64url);
  if (!headerBytes || !key || !iv || !ciphertext || !tag) throw malformed("is not in canonical base64url");
  const members = parseStrictObject(headerBytes);
  if (members === undefined)
    throw malformed("has a header that is not a JSON object, or has a duplicate member");
  const { alg, enc, kid } = readHeader(members, algorithms, encryptions);
  const { iv: ivBytes, tag: tagBytes } = contentBytes[enc];
  if (iv.length !== ivBytes || tag.length !== tagBytes) throw malformed("has a part of the wrong length");
  if (ciphertext.length === 0 || key.length > MAX_KEY_BYTES)
    throw malformed("has a part of the wrong length");
  // Direct key agreement has no encrypted key (RFC 7516 §5.2, step 10). All other modes have one.
  if ((alg === "ECDH-ES") !== (key.length === 0))
    throw malformed("has an unexpected encrypted key, or lacks a required one");
  return { alg, enc, kid };
}

function readHeader(
  members: Readonly<Record<string, unknown>>,
  algorithms: readonly DecryptionAlgorithm[],
  encryptions: readonly ContentEncryption[],
): JweHeader {
  if (Object.hasOwn(members, "crit")) {
    throw new HonninError(
      "critical-header-unsupported",
      "The header of the result has crit, which is not supported.",
    );
  }
  const alg = algorithms.find((name) => name === members.alg);
  const enc = encryptions.find((name) => name === members.enc);
  if (alg === undefined || enc === undefined) {
    throw new HonninError(
      "algorithm-not-allowed",
      "The result is encrypted with an algorithm that is not allowed.",
    );
  }
  // Compressed data can have any size after decompression.
  if (Object.hasOwn(members, "zip")) {
    throw new HonninError("algorithm-not-allowed", "The result is compressed, which is not allowed.");
  }
  const { kid, epk } = members;
  if (kid !== undefined && (typeof kid !== "string" || kid.length > 255))
    throw malformed("has a kid that is not a string");
  if (keyTypes[alg] === "EC" && (typeof epk !== "object" || epk === null)) {
    throw malformed("has no ephemeral public key (epk)");
  }
  return { alg, enc, kid };
}
