// Makes signatures.json: signatures by node:crypto (OpenSSL), right ones and forged blocks, for tests/rules/signature.rs.
// The keys are made anew at each run and thrown away; run it only to add cases: node make-signatures.mjs > signatures.json
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  privateEncrypt,
  sign,
} from "node:crypto";

const data = Buffer.from("本人 確認 2026", "utf8");
const hash = (name) => createHash(name).update(data).digest();
const spki = (key) => key.export({ type: "spki", format: "der" }).toString("base64");
const cases = [];
const add = (name, scheme, key, signature, valid) =>
  cases.push({ name, scheme, spki: spki(key), signature: signature.toString("base64"), valid });

const pkcs1 = (key, name) => sign(name, data, { key, padding: constants.RSA_PKCS1_PADDING });
const pss = (key, name, saltLength) =>
  sign(name, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
const bare = (key, digest) => privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digest);
const raw = (key, block) => privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);

/** A key of exactly so many bits: OpenSSL makes even lengths only, and PSS differs where the length is 8n + 1. */
function rsaKey(bits) {
  const e = 65537n;
  const inverse = (a, m) => {
    let [r, s, t, u] = [m, a, 0n, 1n];
    while (s !== 0n) [r, s, t, u] = [s, r % s, u, t - (r / s) * u];
    return ((t % m) + m) % m;
  };
  for (;;) {
    const p = generatePrimeSync(Math.ceil(bits / 2), { bigint: true });
    const q = generatePrimeSync(Math.floor(bits / 2), { bigint: true });
    const n = p * q;
    if (p <= q || n.toString(2).length !== bits) continue;
    const d = inverse(e, (p - 1n) * (q - 1n));
    const numbers = { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
    const text = (number) =>
      Buffer.from(
        number.toString(16).padStart(2 * Math.ceil(number.toString(16).length / 2), "0"),
        "hex",
      ).toString("base64url");
    const jwk = {
      kty: "RSA",
      ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, text(number)])),
    };
    const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
    return { key: privateKey, publicKey: createPublicKey(privateKey) };
  }
}

for (const modulusLength of [2048, 2049, 2055, 3072]) {
  const { key, publicKey } = rsaKey(modulusLength);
  const size = Math.ceil(modulusLength / 8);
  for (const name of ["sha1", "sha256", "sha384", "sha512"]) {
    add(`${modulusLength} ${name}`, `rsa-pkcs1-${name}`, publicKey, pkcs1(key, name), true);
  }
  for (const [name, length] of [
    ["sha256", 32],
    ["sha384", 48],
    ["sha512", 64],
  ]) {
    add(`${modulusLength} PSS ${name}`, `rsa-pss-${name}`, publicKey, pss(key, name, length), true);
    for (const other of [0, 20, length - 1, length + 1, constants.RSA_PSS_SALTLEN_MAX_SIGN]) {
      add(
        `${modulusLength} PSS ${name}, salt ${other}`,
        `rsa-pss-${name}`,
        publicKey,
        pss(key, name, other),
        false,
      );
    }
  }
  const digest = hash("sha256");
  add(`${modulusLength} bare`, "rsa-pkcs1-bare", publicKey, bare(key, digest), true);
  add(`${modulusLength} bare taken for prefixed`, "rsa-pkcs1-sha256", publicKey, bare(key, digest), false);
  add(`${modulusLength} prefixed taken for bare`, "rsa-pkcs1-bare", publicKey, pkcs1(key, "sha256"), false);
  add(`${modulusLength} bare SHA-1`, "rsa-pkcs1-bare", publicKey, bare(key, hash("sha1")), false);
  add(
    `${modulusLength} bare with a byte more`,
    "rsa-pkcs1-bare",
    publicKey,
    bare(key, Buffer.concat([digest, Buffer.of(0)])),
    false,
  );

  const block = (...parts) => Buffer.concat(parts);
  const ff = (length) => Buffer.alloc(length, 0xff);
  const forged = {
    "garbage behind": block(Buffer.of(0, 1), ff(8), Buffer.of(0), digest, Buffer.alloc(size - 43, 0x11)),
    "digest not at the end": block(Buffer.of(0, 1), ff(size - 36), Buffer.of(0), digest, Buffer.of(0)),
    "block type 2": block(Buffer.of(0, 2), ff(size - 35), Buffer.of(0), digest),
    "block type 0": block(Buffer.of(0, 0), Buffer.alloc(size - 35), Buffer.of(0), digest),
    "a hole in the padding": block(
      Buffer.of(0, 1),
      ff(20),
      Buffer.of(0xfe),
      ff(size - 56),
      Buffer.of(0),
      digest,
    ),
    "no separator": block(Buffer.of(0, 1), ff(size - 34), digest),
    "two separators": block(Buffer.of(0, 1), ff(size - 36), Buffer.of(0, 0), digest),
  };
  for (const [name, bytes] of Object.entries(forged)) {
    add(`${modulusLength} bare, ${name}`, "rsa-pkcs1-bare", publicKey, raw(key, bytes), false);
  }
}

for (const [publicExponent, name] of [
  [3, "3"],
  [17, "17"],
  [65539, "65539"],
]) {
  // biome-ignore lint/plugin: run by hand, by Node without TypeScript.
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent });
  add(`exponent ${name}`, "rsa-pkcs1-sha256", publicKey, pkcs1(privateKey, "sha256"), true);
}

for (const [namedCurve, scheme, name] of [
  ["P-256", "ecdsa-p256-sha256", "sha256"],
  ["P-384", "ecdsa-p384-sha384", "sha384"],
]) {
  // biome-ignore lint/plugin: run by hand, by Node without TypeScript.
  const { privateKey: key, publicKey } = generateKeyPairSync("ec", { namedCurve });
  const form = (dsaEncoding) => sign(name, data, { key, dsaEncoding });
  cases.push({
    name: `${namedCurve} DER`,
    scheme,
    form: "der",
    spki: spki(publicKey),
    signature: form("der").toString("base64"),
    valid: true,
  });
  cases.push({
    name: `${namedCurve} raw`,
    scheme,
    form: "raw",
    spki: spki(publicKey),
    signature: form("ieee-p1363").toString("base64"),
    valid: true,
  });
  cases.push({
    name: `${namedCurve} DER as raw`,
    scheme,
    form: "raw",
    spki: spki(publicKey),
    signature: form("der").toString("base64"),
    valid: false,
  });
  cases.push({
    name: `${namedCurve} raw as DER`,
    scheme,
    form: "der",
    spki: spki(publicKey),
    signature: form("ieee-p1363").toString("base64"),
    valid: false,
  });
}

console.log(JSON.stringify({ data: data.toString("base64"), cases }, null, 1));
