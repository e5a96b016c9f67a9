import { invalid } from "../option-checks.js";

/** Key management algorithms of the JWE (RFC 7518 §4) with an RSA or EC private key. RSA1_5 and symmetric keys are not supported. */
export type DecryptionAlgorithm =
  | "RSA-OAEP"
  | "RSA-OAEP-256"
  | "RSA-OAEP-384"
  | "RSA-OAEP-512"
  | "ECDH-ES"
  | "ECDH-ES+A128KW"
  | "ECDH-ES+A192KW"
  | "ECDH-ES+A256KW";

/** Content encryption algorithms of the JWE (RFC 7518 §5). */
export type ContentEncryption =
  | "A128GCM"
  | "A192GCM"
  | "A256GCM"
  | "A128CBC-HS256"
  | "A192CBC-HS384"
  | "A256CBC-HS512";

/** The key type of each algorithm. */
export const keyTypes: Readonly<Record<DecryptionAlgorithm, "RSA" | "EC">> = {
  "RSA-OAEP": "RSA",
  "RSA-OAEP-256": "RSA",
  "RSA-OAEP-384": "RSA",
  "RSA-OAEP-512": "RSA",
  "ECDH-ES": "EC",
  "ECDH-ES+A128KW": "EC",
  "ECDH-ES+A192KW": "EC",
  "ECDH-ES+A256KW": "EC",
};

/** The lengths of the initialization vector and of the authentication tag, in bytes. */
export const contentBytes: Readonly<Record<ContentEncryption, { iv: number; tag: number }>> = {
  A128GCM: { iv: 12, tag: 16 },
  A192GCM: { iv: 12, tag: 16 },
  A256GCM: { iv: 12, tag: 16 },
  "A128CBC-HS256": { iv: 16, tag: 16 },
  "A192CBC-HS384": { iv: 16, tag: 24 },
  "A256CBC-HS512": { iv: 16, tag: 32 },
};

const defaultAlgorithms: readonly DecryptionAlgorithm[] = [
  "RSA-OAEP-256",
  "ECDH-ES",
  "ECDH-ES+A128KW",
  "ECDH-ES+A256KW",
];
const defaultEncryptions: readonly ContentEncryption[] = ["A128GCM", "A256GCM", "A128CBC-HS256"];

/** @throws HonninError `options-invalid` */
export function readAlgorithms(value: unknown): readonly DecryptionAlgorithm[] {
  return readList("algorithms", value, keyTypes) ?? defaultAlgorithms;
}

/** @throws HonninError `options-invalid` */
export function readEncryptions(value: unknown): readonly ContentEncryption[] {
  return readList("encryptions", value, contentBytes) ?? defaultEncryptions;
}

function readList<Name extends string>(
  option: string,
  value: unknown,
  known: Readonly<Record<Name, unknown>>,
): readonly Name[] | undefined {
  if (value === undefined) return undefined;
  const isKnown = (name: unknown): name is Name => typeof name === "string" && Object.hasOwn(known, name);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isKnown)) {
    throw invalid(option, `be an array of values from ${Object.keys(known).join(", ")}`);
  }
  return [...value];
}
