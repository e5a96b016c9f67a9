import { defaultTimeout } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import { isObject } from "../../strict-json.js";
import { type ClientKeyAlgorithm, keyParameters } from "./client-algorithms.js";
import { type ClientSigner, isSigner, readSigner } from "./client-signer.js";

/** A private key as a JWK (RFC 7517): RSA with 2048 to 8192 bits, or EC on P-256. */
export interface PrivateJwk {
  readonly kty: "RSA" | "EC" | (string & {});
  readonly kid?: string;
  readonly alg?: string;
  readonly [member: string]: unknown;
}

/** A `CryptoKey` with the usage `sign`, extractable or not; a private JWK; or a function that signs with a key elsewhere. */
export type ClientKeyChoice = CryptoKey | PrivateJwk | ClientSigner;

/** The client and the private key for its authentication. */
export interface ClientOptions {
  /** The client ID as issued: 1 to 255 characters of `[0-9a-zA-Z]`. */
  readonly clientId: string;
  /** The key. For rotation, an array of up to eight: the first signs, and all are in {@link clientKeySet}. */
  readonly clientKey: ClientKeyChoice | readonly ClientKeyChoice[];
  /** Of the first key. Default: the algorithm of the key; for an RSA JWK without `alg`, RS256. */
  readonly clientKeyAlgorithm?: ClientKeyAlgorithm | undefined;
  /** `kid` in the header of the assertion. Default: `kid` of the JWK or `keyId` of the signer, if it has one. */
  readonly clientKeyId?: string | undefined;
}

/** One key, and what else is needed to read it. */
type OneKey = Omit<ClientOptions, "clientId" | "clientKey"> & {
  readonly clientKey: ClientKeyChoice;
  /** In seconds, for a signer. */
  readonly timeout?: number | undefined;
};

/** A checked key that can sign. It is not imported yet. A class, so that a checked key is recognized and not checked again. */
export class ClientKey {
  constructor(
    readonly algorithm: ClientKeyAlgorithm,
    readonly keyId: string | undefined,
    /** @throws HonninError `client-key-invalid` if the platform refuses the key; `client-signer-failed` */
    readonly sign: (data: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>,
  ) {}
}

const algorithms: readonly string[] = Object.keys(keyParameters);

/** The members of a private JWK that are read (RFC 7518 §6.2 and §6.3), in addition to `kty`. */
const members: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e", "d", "p", "q", "dp", "dq", "qi"],
  EC: ["crv", "x", "y", "d"],
};

function invalid(why: string): HonninError {
  return new HonninError("client-key-invalid", `The client key ${why}.`);
}

const MAX_KEYS = 8;

/**
 * Checks all keys without using the platform's cryptography, which edge runtimes do not allow while modules load.
 *
 * @returns the first, which signs
 * @throws HonninError `client-key-invalid`; the message never contains a part of the key
 */
export function readClientKey(options: Omit<ClientOptions, "clientId"> & Pick<OneKey, "timeout">): ClientKey {
  if (options.clientKey instanceof ClientKey) return options.clientKey;
  const [first] = clientKeys(options).map(readOne);
  if (first === undefined) throw invalid("must not be an empty array");
  return first;
}

/** The keys one by one. Algorithm and ID among the options are those of the first. */
export function clientKeys(options: Omit<ClientOptions, "clientId"> & Pick<OneKey, "timeout">): OneKey[] {
  const { clientKey, timeout } = options;
  if (!isList(clientKey)) return [{ ...options, clientKey }];
  if (clientKey.length > MAX_KEYS) throw invalid(`must be an array of at most ${MAX_KEYS} keys`);
  return clientKey.map((key, index) => ({ ...(index === 0 ? options : { timeout }), clientKey: key }));
}

function isList(keys: ClientOptions["clientKey"]): keys is readonly ClientKeyChoice[] {
  return Array.isArray(keys);
}

function readOne(options: OneKey): ClientKey {
  const { clientKey, clientKeyAlgorithm, clientKeyId, timeout = defaultTimeout } = options;
  if (clientKeyAlgorithm !== undefined) checkAlgorithm(clientKeyAlgorithm);
  if (clientKeyId !== undefined) checkKeyId(clientKeyId);
  if (!isObject(clientKey)) {
    throw invalid(
      "must be a CryptoKey, a private JWK as an object (if you have its JSON text, use JSON.parse), or an object with a function sign",
    );
  }
  if (isSigner(clientKey)) {
    checkAlgorithm(clientKey.algorithm);
    if (clientKey.keyId !== undefined) checkKeyId(clientKey.keyId);
    const signer = readSigner(clientKey);
    const algorithm = agreed(signer.algorithm, clientKeyAlgorithm);
    return new ClientKey(algorithm, clientKeyId ?? signer.keyId, async (data) =>
      (await import("./sign-outside.js")).signOutside(signer, new Uint8Array(data), {
        timeout,
        parameters: keyParameters[algorithm],
        Failure: HonninError,
      }),
    );
  }
  if (isCryptoKey(clientKey)) {
    const algorithm = agreed(algorithmOfCryptoKey(clientKey), clientKeyAlgorithm);
    return new ClientKey(algorithm, clientKeyId, (data) => signHere(algorithm, clientKey, data));
  }
  const algorithm = agreed(algorithmOfJwk(clientKey), clientKeyAlgorithm) ?? "RS256";
  // A copy, so that later changes to the given object cannot bypass the checks.
  const jwk = { ...clientKey };
  const keyId = clientKeyId ?? (typeof jwk.kid === "string" ? jwk.kid : undefined);
  let imported: CryptoKey | undefined;
  return new ClientKey(algorithm, keyId, async (data) => {
    imported ??= await importPrivate(jwk, algorithm);
    return signHere(algorithm, imported, data);
  });
}

async function signHere(
  algorithm: ClientKeyAlgorithm,
  key: CryptoKey,
  data: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(keyParameters[algorithm], key, new Uint8Array(data)));
}

function checkAlgorithm(algorithm: unknown): void {
  if (!algorithms.includes(algorithm as string))
    throw invalid(`cannot sign ${String(algorithm).slice(0, 64)}: use RS256, PS256 or ES256`);
}

function checkKeyId(keyId: unknown): void {
  if (typeof keyId !== "string" || keyId.length > 255)
    throw invalid("ID must be a string of at most 255 characters");
}

/**
 * Checks the class and the tag: `instanceof` fails across realms, some runtimes have no global `CryptoKey`, and workerd has no
 * tags before compatibility date 2024-09-26.
 */
function isCryptoKey(key: object): key is CryptoKey {
  if (typeof CryptoKey === "function" && key instanceof CryptoKey) return true;
  return Object.prototype.toString.call(key) === "[object CryptoKey]";
}

function agreed<Derived extends ClientKeyAlgorithm | undefined>(
  derived: Derived,
  asked: ClientKeyAlgorithm | undefined,
): Derived | ClientKeyAlgorithm {
  if (derived !== undefined && asked !== undefined && derived !== asked) {
    throw invalid(`is for ${derived}, not ${asked}`);
  }
  return derived ?? asked ?? derived;
}

function algorithmOfCryptoKey(key: CryptoKey): ClientKeyAlgorithm {
  if (key.type !== "private") throw invalid(`is a ${key.type} CryptoKey: give the private CryptoKey`);
  if (!key.usages.includes("sign")) throw invalid("does not have the usage sign");
  const { name } = key.algorithm;
  if (name === "ECDSA") {
    if ((key.algorithm as EcKeyAlgorithm).namedCurve === "P-256") return "ES256";
    throw invalid("is not on the curve P-256");
  }
  if (name === "RSASSA-PKCS1-v1_5" || name === "RSA-PSS") {
    const { hash, modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
    checkModulus(modulusLength);
    if (hash.name !== "SHA-256") throw invalid("does not use the hash SHA-256");
    return name === "RSA-PSS" ? "PS256" : "RS256";
  }
  throw invalid("has an algorithm that cannot sign: use RSASSA-PKCS1-v1_5, RSA-PSS or ECDSA");
}

/** `undefined`: an RSA key without `alg`. */
function algorithmOfJwk(jwk: PrivateJwk): ClientKeyAlgorithm | undefined {
  if (Array.isArray(jwk.keys)) throw invalid("is a JWK Set: give the private JWK alone");
  const needed = jwk.kty === "RSA" || jwk.kty === "EC" ? members[jwk.kty] : undefined;
  if (needed === undefined) throw invalid("is not a JWK with kty RSA or EC");
  if (jwk.d === undefined) throw invalid("is a public key (no member d): give the private JWK");
  if ("oth" in jwk) throw invalid("has more than two primes, which is not supported");
  for (const member of needed) {
    const value = jwk[member];
    if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,2048}$/.test(value)) {
      throw invalid(`has a missing or malformed member ${member}`);
    }
  }
  if (jwk.use !== undefined && jwk.use !== "sig") throw invalid("is not for signing (member use)");
  const operations = jwk.key_ops;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("sign"))) {
    throw invalid("is not for signing (member key_ops)");
  }
  if (jwk.alg !== undefined && !algorithms.includes(jwk.alg)) {
    throw invalid("has an alg other than RS256, PS256 or ES256");
  }
  const alg = jwk.alg as ClientKeyAlgorithm | undefined;
  if (jwk.kty === "EC") {
    if (jwk.crv !== "P-256") throw invalid("is not on the curve P-256");
    return agreed("ES256", alg);
  }
  if (alg === "ES256") throw invalid("is an RSA key and cannot sign ES256");
  checkModulus(Math.floor(((jwk.n as string).length * 6) / 8) * 8);
  return alg;
}

function checkModulus(bits: number): void {
  if (bits < 2_048 || bits > 8_192) throw invalid("must have 2048 to 8192 bits");
}

async function importPrivate(jwk: PrivateJwk, algorithm: ClientKeyAlgorithm): Promise<CryptoKey> {
  // Without key_ops, ext and alg: the key is imported for signing only.
  const given = ["kty", ...(members[jwk.kty] ?? [])].map((name) => [name, jwk[name]]);
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey(
      "jwk",
      Object.fromEntries(given) as JsonWebKey,
      keyParameters[algorithm],
      false,
      ["sign"],
    );
  } catch {
    // No cause: the platform's error may quote the key.
    throw invalid("was refused by the platform: its members are inconsistent");
  }
  // The members can have leading zeros.
  if (jwk.kty === "RSA") checkModulus((key.algorithm as RsaHashedKeyAlgorithm).modulusLength);
  return key;
}
