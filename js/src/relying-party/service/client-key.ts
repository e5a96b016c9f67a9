import { HonninError } from "../../error.js";

/** Algorithms for `private_key_jwt`. RS256 is proven to work with the service. */
export type ClientKeyAlgorithm = "RS256" | "PS256" | "ES256";

/** A private key as a JWK (RFC 7517): RSA with 2048 to 8192 bits, or EC on P-256. */
export interface PrivateJwk {
  readonly kty: "RSA" | "EC" | (string & {});
  readonly kid?: string;
  readonly alg?: string;
  readonly [member: string]: unknown;
}

/** The client and the private key for its authentication. */
export interface ClientOptions {
  /** The client ID as issued: 1 to 255 characters of `[0-9a-zA-Z]`. */
  readonly clientId: string;
  /** A `CryptoKey` with the usage `sign`, extractable or not, or a private JWK. */
  readonly clientKey: CryptoKey | PrivateJwk;
  /** Default: the algorithm of the key; for an RSA JWK without `alg`, RS256. */
  readonly clientKeyAlgorithm?: ClientKeyAlgorithm | undefined;
  /** `kid` in the header of the assertion. Default: `kid` of the JWK, if it has one. */
  readonly clientKeyId?: string | undefined;
}

/** A checked key that can sign. It is not imported yet. */
export interface ClientKey {
  readonly algorithm: ClientKeyAlgorithm;
  readonly keyId: string | undefined;
  /** @throws HonninError `client-key-invalid` if the platform refuses the key */
  cryptoKey(): Promise<CryptoKey>;
}

/** The parameters of each algorithm, to import a key and to sign (RFC 7518 §3.1). */
export const keyParameters = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256", saltLength: 32 },
  ES256: { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" },
} as const satisfies Readonly<Record<ClientKeyAlgorithm, object>>;

const algorithms: readonly string[] = Object.keys(keyParameters);

/** The members of a private JWK that are read (RFC 7518 §6.2 and §6.3), in addition to `kty`. */
const members: Readonly<Record<string, readonly string[]>> = {
  RSA: ["n", "e", "d", "p", "q", "dp", "dq", "qi"],
  EC: ["crv", "x", "y", "d"],
};

function invalid(why: string): HonninError {
  return new HonninError("client-key-invalid", `The client key ${why}.`);
}

/**
 * Checks the key without using the platform's cryptography, which edge runtimes do not allow while modules load.
 *
 * @throws HonninError `client-key-invalid`; the message never contains a part of the key
 */
export function readClientKey(options: Omit<ClientOptions, "clientId">): ClientKey {
  const { clientKey, clientKeyAlgorithm, clientKeyId } = options;
  if (clientKeyAlgorithm !== undefined && !algorithms.includes(clientKeyAlgorithm)) {
    throw invalid(`cannot sign ${JSON.stringify(clientKeyAlgorithm)}: use RS256, PS256 or ES256`);
  }
  if (clientKeyId !== undefined && (typeof clientKeyId !== "string" || clientKeyId.length > 255)) {
    throw invalid("ID must be a string of at most 255 characters");
  }
  if (typeof clientKey !== "object" || clientKey === null) {
    throw invalid(
      "must be a CryptoKey or a private JWK as an object (if you have its JSON text, use JSON.parse)",
    );
  }
  if (isCryptoKey(clientKey)) {
    const algorithm = agreed(algorithmOfCryptoKey(clientKey), clientKeyAlgorithm);
    return { algorithm, keyId: clientKeyId, cryptoKey: async () => clientKey };
  }
  const algorithm = agreed(algorithmOfJwk(clientKey), clientKeyAlgorithm) ?? "RS256";
  // A copy, so that later changes to the given object cannot bypass the checks.
  const jwk = { ...clientKey };
  let imported: CryptoKey | undefined;
  return {
    algorithm,
    keyId: clientKeyId ?? (typeof jwk.kid === "string" ? jwk.kid : undefined),
    async cryptoKey() {
      imported ??= await importPrivate(jwk, algorithm);
      return imported;
    },
  };
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
