// JWK Sets: their form, what they must not hold, which key is chosen, which keys are refused.
import {
  add,
  ec,
  ec384,
  encode,
  keySet,
  makeToken,
  pairs,
  privateJwk,
  publicJwk,
  rsaKey,
  without,
} from "./maker.mjs";

const noKid = makeToken({ header: { alg: "ES256" } });
const other = publicJwk("es256Other", { kid: "ec-9", use: "sig" });
const bare = without(ec, "kid", "use", "alg");
const set = (...keys) => ({ keys });
const rsaToken = (pair, members = {}, algorithm = "RS256") => ({
  token: makeToken({ header: { alg: algorithm, kid: "k" }, algorithm, pair }),
  keys: set({ ...publicJwk(pair, { kid: "k" }), ...members }),
  options: { algorithms: ["RS256", "PS256"] },
});

export function addKeyCases() {
  for (const [name, keys] of [
    ["empty", ""],
    ["HTML", "<!doctype html><title>502 Bad Gateway</title>"],
    ["cut off", JSON.stringify(keySet).slice(0, -10)],
    ["an array of keys", JSON.stringify(keySet.keys)],
    ["one key, not a set", JSON.stringify(ec)],
    ["keys that is an object", JSON.stringify({ keys: { 0: ec } })],
    ["a key that is a string", JSON.stringify({ keys: [ec, "key"] })],
    ["a key that is null", JSON.stringify({ keys: [ec, null] })],
    ["two members named keys", `{"keys":[],"keys":[${JSON.stringify(ec)}]}`],
    ["two kid in a key", `{"keys":[${JSON.stringify(ec).slice(0, -1)},"kid":"ec-1"}]}`],
    [
      "two kid in another key, one of them escaped",
      `{"keys":[${JSON.stringify(ec)},{"kty":"x","kid":"a","k\\u0069d":"a"}]}`,
    ],
    ["nested too deeply", JSON.stringify(keySet).replace("{", `{"x":${"[".repeat(40)}${"]".repeat(40)},`)],
    ["101 keys", JSON.stringify(set(ec, ...Array(100).fill({ kty: "x" })))],
  ]) {
    add(`key set: ${name}`, "key-set-malformed", {
      keys,
      steps: { algorithm: "passed", "key-set": "failed" },
    });
  }
  add("key set: 100 keys", "valid", { keys: set(ec, ...Array(99).fill({ kty: "x" })) });
  add("key set: other members and kinds of keys are ignored", "valid", {
    keys: {
      issuer: "https://op.example",
      keys: [
        {},
        { kid: "a" },
        { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: "ed" },
        { kty: "EC", crv: "secp256k1", x: "AA", y: "AA", kid: "k1" },
        { kty: "EC", crv: "P-256", x: "not a number", kid: "broken" },
        { kty: "RSA", n: "AA", e: "", kid: "broken too" },
        { kty: 1, kid: 2, use: 3 },
        { ...ec, x5c: ["AA=="], x5t: "AA", ext: true },
      ],
    },
  });

  addSecretCases();
  addSelectionCases();
  addAgreementCases();
  addEcCases();
  addRsaCases();
}

function addSecretCases() {
  for (const [name, key] of [
    ["the EC key's private part", privateJwk("es256", { kid: "ec-1" })],
    ["another EC key's private part", privateJwk("es256Other", { kid: "ec-9" })],
    ["an RSA key's private part", privateJwk("rsa", { kid: "rsa-9" })],
    ["an RSA key's prime alone", { ...rsaKey, kid: "rsa-9", p: "AQAB" }],
    ["an RSA key's further primes", { ...rsaKey, kid: "rsa-9", oth: [] }],
    ["d that is null", { ...ec, kid: "ec-9", d: null }],
    ["an oct key", { kty: "oct", kid: "mac", k: "c2VjcmV0" }],
    ["an oct key without its k", { kty: "oct", kid: "mac" }],
    ["an OKP key's private part", { kty: "OKP", crv: "Ed25519", x: "AA", d: "AA" }],
    ["an AKP key's private part", { kty: "AKP", alg: "ML-DSA-44", pub: "AA", priv: "AA" }],
  ]) {
    add(`secrets: ${name}`, "key-set-contains-secret", {
      keys: set(...keySet.keys.filter(({ kid }) => kid !== key.kid), key),
      steps: { "key-set": "failed" },
    });
  }
  add("secrets: the private key itself for a set", "key-set-contains-secret", {
    keys: JSON.stringify(privateJwk("es256")),
  });
}

function addSelectionCases() {
  add("kid: not in the set", "key-not-found", {
    keys: set(other, ec384, rsaKey),
    steps: { "key-set": "passed", key: "failed" },
  });
  add("kid: the set is empty", "key-not-found", { keys: set() });
  add("kid: the only key has none", "key-not-found", { keys: set(bare) });
  add("kid: in another case", "key-not-found", { keys: set({ ...ec, kid: "EC-1" }) });
  add("kid: an empty one", "valid", {
    token: makeToken({ header: { alg: "ES256", kid: "" } }),
    keys: set({ ...ec, kid: "" }, other),
  });
  add("kid: compared after unescaping", "valid", {
    token: makeToken({ header: '{"alg":"ES256","kid":"\\u0065c-1"}' }),
  });
  add("kid: that of another key", "signature-mismatch", {
    token: makeToken({ header: { alg: "ES256", kid: "ec-9" } }),
    keys: set(ec, other),
  });
  add("kid: of two keys, one of which fits", "valid", {
    keys: set({ ...ec384, kid: "ec-1" }, ec, { ...rsaKey, kid: "ec-1" }),
  });
  add("kid: of two keys that both fit", "key-ambiguous", { keys: set(ec, { ...other, kid: "ec-1" }) });
  add("kid: the same key twice", "key-ambiguous", { keys: set(ec, ec) });
  add("kid: of two keys, none of which fits", "key-unsuitable", {
    keys: set({ ...ec384, kid: "ec-1" }, { ...rsaKey, kid: "ec-1" }, other),
  });

  add("no kid: one key", "valid", { token: noKid, keys: set(bare) });
  add("no kid: one key of several fits", "valid", { token: noKid, steps: { key: "passed" } });
  add("no kid: two keys fit", "key-ambiguous", { token: noKid, keys: set(ec, other) });
  add("no kid: another key is for encryption", "valid", {
    token: noKid,
    keys: set(ec, { ...other, use: "enc" }),
  });
  add("no kid: no key fits", "key-not-found", { token: noKid, keys: set(ec384, rsaKey) });
  add("no kid: the only key that fits is another's", "signature-mismatch", {
    token: noKid,
    keys: set(other),
  });
}

function addAgreementCases() {
  for (const [name, members] of [
    ["use enc", { use: "enc" }],
    ["use in another case", { use: "SIG" }],
    ["use that is an array", { use: ["sig"] }],
    ["key_ops without verify", { key_ops: ["sign"] }],
    ["empty key_ops", { key_ops: [] }],
    ["key_ops that is a string", { key_ops: "verify" }],
    ["alg of another curve", { alg: "ES384" }],
    ["alg of key agreement", { alg: "ECDH-ES" }],
    ["alg that is null", { alg: null }],
    ["kty RSA", { kty: "RSA" }],
    ["kty in another case", { kty: "ec" }],
    ["no kty", { kty: undefined }],
    ["crv of another curve", { crv: "P-384" }],
    ["crv P-521", { crv: "P-521" }],
    ["no crv", { crv: undefined }],
  ]) {
    add(`key: ${name}`, "key-unsuitable", { keys: set({ ...ec, ...members }), steps: { key: "failed" } });
  }
  add("key: key_ops with verify", "valid", { keys: set({ ...ec, key_ops: ["verify"] }) });
  add("key: neither use, key_ops nor alg", "valid", { keys: set({ ...bare, kid: "ec-1" }) });
  add("key: RSA for ES256", "key-unsuitable", { keys: set({ ...rsaKey, kid: "ec-1" }) });
  add("key: EC for RS256", "key-unsuitable", { ...rsaToken("rsa"), keys: set({ ...bare, kid: "k" }) });
  add("key: alg PS256 for RS256", "key-unsuitable", rsaToken("rsa", { alg: "PS256" }));
  add("key: alg RS512 for RS256", "key-unsuitable", rsaToken("rsa", { alg: "RS512" }));
  add("key: alg RSA-OAEP for RS256", "key-unsuitable", rsaToken("rsa", { alg: "RSA-OAEP" }));
  add("key: alg RS256 for RS256", "valid", rsaToken("rsa", { alg: "RS256" }));
}

function addEcCases() {
  const flipped = Buffer.from(ec.y, "base64url");
  flipped[31] ^= 1;
  const padded = encode(Buffer.concat([Buffer.of(0), Buffer.from(ec.x, "base64url")]));
  const standard = Buffer.from(ec.x, "base64url").toString("base64");
  const point = Buffer.concat([ec.x, ec.y].map((number) => Buffer.from(number, "base64url")));
  const cutElsewhere = { x: encode(point.subarray(0, 33)), y: encode(point.subarray(33)) };
  for (const [name, members] of [
    ["off the curve", { y: encode(flipped) }],
    ["x and y swapped", { x: ec.y, y: ec.x }],
    ["a coordinate beyond the field", { x: encode(Buffer.alloc(32, 0xff)) }],
    ["the origin", { x: encode(Buffer.alloc(32)), y: encode(Buffer.alloc(32)) }],
    ["x a byte long", { x: padded }],
    ["x a byte short", { x: encode(Buffer.from(ec.x, "base64url").subarray(1)) }],
    ["x of P-384's length", { x: ec384.x, y: ec384.y }],
    ["the point cut elsewhere than in its middle", cutElsewhere],
    ["x empty", { x: "" }],
    ["no x", { x: undefined }],
    ["no y", { y: undefined }],
    ["y that is a number", { y: 5 }],
    ["x in padded base64", { x: standard }],
    ["x with unused bits set", { x: `${ec.x.slice(0, -1)}${next(ec.x.at(-1))}` }],
    ["x with a blank", { x: `${ec.x} ` }],
  ]) {
    add(`EC key: ${name}`, "key-malformed", { keys: set({ ...ec, ...members }), steps: { key: "failed" } });
  }
  add("EC key: malformed, but not the one chosen", "valid", {
    keys: set({ ...other, y: encode(flipped) }, ec),
  });
}

function next(character) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return alphabet[alphabet.indexOf(character) + 1];
}

function addRsaCases() {
  const n = Buffer.from(publicJwk("rsa").n, "base64url");
  const changed = (change) => {
    const copy = Buffer.from(n);
    change(copy);
    return { n: encode(copy) };
  };
  add("RSA key: 4096 bits, PS256", "valid", rsaToken("rsa4096", {}, "PS256"));
  add("RSA key: 8192 bits", "valid", rsaToken("rsa8192"));
  add("RSA key: exponent 3", "valid", rsaToken("rsaExponent3"));
  for (const [name, members] of [
    [
      "2047 bits",
      changed((bytes) => {
        bytes[0] &= 0x7f;
        bytes[0] |= 0x40;
      }),
    ],
    ["8193 bits", { n: encode(Buffer.concat([Buffer.of(1), Buffer.alloc(1023), Buffer.of(1)])) }],
    ["65,536 bits", { n: encode(Buffer.alloc(8192, 0xff)) }],
    ["one byte", { n: "Aw" }],
    ["exponent 1", { e: "AQ" }],
    ["exponent 2", { e: "Ag" }],
    ["exponent 65536", { e: "AQAA" }],
    ["exponent 2^32 + 1", { e: "AQAAAAE" }],
    ["an exponent of 2048 bits", { e: encode(n) }],
  ]) {
    add(`RSA key: ${name}`, "key-size-unsupported", {
      ...rsaToken("rsa", members),
      steps: { key: "failed" },
    });
  }
  add("RSA key: 1024 bits", "key-size-unsupported", { ...rsaToken("rsa1024"), steps: { key: "failed" } });
  for (const [name, members] of [
    [
      "an even modulus",
      changed((bytes) => {
        bytes[255] &= 0xfe;
      }),
    ],
    ["a modulus with a zero in front", { n: encode(Buffer.concat([Buffer.of(0), n])) }],
    ["an exponent with a zero in front", { e: "AAEAAQ" }],
    ["modulus 0", { n: "AA" }],
    ["an empty modulus", { n: "" }],
    ["an empty exponent", { e: "" }],
    ["exponent 0", { e: "AA" }],
    ["no modulus", { n: undefined }],
    ["no exponent", { e: undefined }],
    ["an exponent that is a number", { e: 65537 }],
    ["a modulus in padded base64", { n: n.toString("base64") }],
  ]) {
    add(`RSA key: ${name}`, "key-malformed", { ...rsaToken("rsa", members), steps: { key: "failed" } });
  }
  add("RSA key: another modulus", "signature-mismatch", rsaToken("rsa", { n: publicJwk("rsaExponent3").n }));
  add("RSA key: another exponent", "signature-mismatch", rsaToken("rsa", { e: "Aw" }));
  const [head, payload] = rsaToken("rsa").token.split(".");
  for (const [name, signature] of [
    ["of zeros", Buffer.alloc(256)],
    ["of the modulus", n],
    ["of 255 bytes", Buffer.alloc(255, 1)],
    ["of 257 bytes", Buffer.alloc(257)],
    ["of one", Buffer.concat([Buffer.alloc(255), Buffer.of(1)])],
  ]) {
    add(`RSA signature: ${name}`, "signature-mismatch", {
      ...rsaToken("rsa"),
      token: `${head}.${payload}.${encode(signature)}`,
    });
  }
  if (pairs.rsa1024.publicKey.asymmetricKeyDetails.modulusLength !== 1024) throw new Error("not 1024 bits");
}
