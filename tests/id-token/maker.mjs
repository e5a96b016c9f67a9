// What the cases are made of: keys, signatures, and a base token that passes. node:crypto signs, so that what is refused
// can be made too; that what is valid is valid, jose confirms in make-cases.mjs.
import { constants, createHash, generateKeyPairSync, sign as nodeSign } from "node:crypto";

export const now = 1_800_000_000;
export const accessToken = "opaque.access-token~of/the+service=";

// biome-ignore lint/plugin: run by hand, by Node without TypeScript.
const pair = (type, parameters) => generateKeyPairSync(type, parameters);
const rsa = (modulusLength) => pair("rsa", { modulusLength });
export const pairs = {
  es256: pair("ec", { namedCurve: "P-256" }),
  es256Other: pair("ec", { namedCurve: "P-256" }),
  es384: pair("ec", { namedCurve: "P-384" }),
  rsa: rsa(2048),
  rsa1024: rsa(1024),
  rsa4096: rsa(4096),
  rsa8192: rsa(8192),
  rsaExponent3: pair("rsa", { modulusLength: 2048, publicExponent: 3 }),
};

export const publicJwk = (name, members = {}) => ({
  ...pairs[name].publicKey.export({ format: "jwk" }),
  ...members,
});
export const privateJwk = (name, members = {}) => ({
  ...pairs[name].privateKey.export({ format: "jwk" }),
  ...members,
});

export const ec = publicJwk("es256", { kid: "ec-1", use: "sig", alg: "ES256" });
export const ec384 = publicJwk("es384", { kid: "ec-2", use: "sig", alg: "ES384" });
export const rsaKey = publicJwk("rsa", { kid: "rsa-1", use: "sig" });
/** As the service has it: the ID token's key beside that of the access token. */
export const keySet = { keys: [rsaKey, ec, ec384] };

export const encode = (data) => Buffer.from(data).toString("base64url");

const hashes = { ES256: "sha256", ES384: "sha384", RS256: "sha256", PS256: "sha256", PS384: "sha384" };

/** The signature over the signing input. */
export function sign(algorithm, privateKey, input, dsaEncoding = "ieee-p1363") {
  const key = { key: privateKey, dsaEncoding };
  if (algorithm.startsWith("PS")) {
    Object.assign(key, {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    });
  }
  return nodeSign(hashes[algorithm], Buffer.from(input), key);
}

/** `at_hash` of OpenID Connect Core 1.0 §3.2.2.9. */
export function atHash(token, hash = "sha256") {
  const digest = createHash(hash).update(token).digest();
  return digest.subarray(0, digest.length / 2).toString("base64url");
}

export const options = {
  issuer: "https://op.example/realms/main",
  clientId: "client1",
  nonce: "n-0S6_WzA2Mj",
  now,
};

export const claims = {
  iss: options.issuer,
  sub: "5f1ed3b2-7f0c-4a26-9d3e-9e7d0c1b2a34",
  aud: options.clientId,
  exp: now + 300,
  iat: now - 5,
  nonce: options.nonce,
  at_hash: atHash(accessToken),
};

export const without = (object, ...names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

const text = (value) => (typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value));

/**
 * A signed token. `header` and `payload` may be texts or bytes, to be malformed as they please; `pair` signs by
 * `algorithm` whatever the header says.
 */
export function makeToken({
  header = { alg: "ES256", kid: "ec-1", typ: "JWT" },
  payload = claims,
  algorithm = "ES256",
  pair: name = "es256",
  dsaEncoding,
} = {}) {
  const input = `${encode(text(header))}.${encode(text(payload))}`;
  return `${input}.${encode(sign(algorithm, pairs[name].privateKey, input, dsaEncoding))}`;
}

export const cases = [];

/**
 * One row. `expected` is "valid" or a code; `steps` are some of the steps with their status; `messageContains` is a part
 * of the error's message. `keys` is a JWK Set, or a text where it is the text that matters. `wholeOptions` takes the
 * place of the usual options.
 */
export function add(name, expected, row = {}) {
  if (cases.some((other) => other.name === name)) throw new Error(`two cases named ${name}`);
  const { token = makeToken(), keys = keySet, steps, messageContains } = row;
  cases.push({
    name,
    token,
    keys,
    options: row.wholeOptions ?? { ...options, ...row.options },
    expected,
    ...(steps && { steps }),
    ...(messageContains && { messageContains }),
  });
}
