import assert from "node:assert/strict";
import { test } from "node:test";
import type { JWK } from "jose";
import {
  type ContentEncryption,
  type DecryptionAlgorithm,
  type OpenSignatureResultOptions,
  openSignatureResult,
  type PrivateJwk,
} from "../../../src/relying-party/index.js";
import {
  base64,
  digestOf,
  ecKey,
  encrypt,
  makeKey,
  payloadOf,
  rsaKey,
  sign,
  today,
} from "../signing/cards.js";

const payload = payloadOf(today, digestOf());
const expected = { signature: sign(today, digestOf()), certificate: today.certificate };
const secretParts = ["d", "p", "q", "dp", "dq", "qi"].map((name) => String(rsaKey.priv[name]));

async function open(result: unknown, more: Partial<OpenSignatureResultOptions> = {}) {
  return openSignatureResult({ result: result as string, keys: [rsaKey.priv, ecKey.priv], ...more });
}

/** Refused with this code, and with nothing secret in the error. */
async function refused(work: Promise<unknown>, code: string, name = code): Promise<void> {
  await assert.rejects(work, (error: Error & { code: string }) => {
    assert.equal(error.code, code, `${name}: ${error.message}`);
    assert.equal(error.cause, undefined, name);
    const text = `${error.message}\n${error.stack}`;
    for (const part of [
      ...secretParts,
      String(ecKey.priv.d),
      base64(today.certificate).slice(0, 40),
      "見本",
    ]) {
      assert.ok(!text.includes(part), name);
    }
    return true;
  });
}

const plain = (bytes: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, base64(value)]));

const algorithms = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"] as const;
const further = ["RSA-OAEP", "RSA-OAEP-384", "RSA-OAEP-512", "ECDH-ES+A192KW"] as const;
const encryptions = ["A128GCM", "A256GCM", "A128CBC-HS256"] as const;
const furtherEncryptions = ["A192GCM", "A192CBC-HS384", "A256CBC-HS512"] as const;

test("every algorithm of every encryption, as jose makes it: the usual ones by themselves, others if allowed", async () => {
  for (const alg of [...algorithms, ...further]) {
    const { pub, priv } = await makeKey(alg);
    for (const enc of [...encryptions, ...furtherEncryptions]) {
      const jwe = await encrypt(payload, { key: pub, alg, enc });
      const isUsual =
        [...algorithms].some((name) => name === alg) && [...encryptions].some((name) => name === enc);
      const allowed = { algorithms: [alg], encryptions: [enc] } as {
        algorithms: DecryptionAlgorithm[];
        encryptions: ContentEncryption[];
      };
      assert.deepEqual(
        plain({ ...(await open(jwe, { keys: priv, ...allowed })) }),
        plain(expected),
        `${alg} ${enc}`,
      );
      const { alg: _alg, ...anyUse } = priv;
      const usual = open(jwe, { keys: anyUse as PrivateJwk });
      if (isUsual) assert.deepEqual(plain({ ...(await usual) }), plain(expected), `${alg} ${enc}`);
      else await refused(usual, "algorithm-not-allowed", `${alg} ${enc}`);
    }
  }
});

test("curves: P-256, P-384 and P-521", async () => {
  for (const crv of ["P-256", "P-384", "P-521"]) {
    const { pub, priv } = await makeKey("ECDH-ES", { crv });
    assert.deepEqual(
      (await open(await encrypt(payload, { key: pub }), { keys: priv })).signature,
      expected.signature,
    );
  }
});

test("what is not on the list is refused, whatever the key could do", async () => {
  const jwe = await encrypt(payload);
  await refused(open(jwe, { keys: ecKey.priv, algorithms: ["ECDH-ES"] }), "algorithm-not-allowed");
  await refused(open(jwe, { encryptions: ["A128GCM"] }), "algorithm-not-allowed");
  for (const header of [
    { alg: "dir", enc: "A256GCM" },
    { alg: "none", enc: "A256GCM" },
    { alg: "RSA1_5", enc: "A256GCM", kid: rsaKey.priv.kid },
    { alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 1_000_000_000, p2s: "AAAA" },
    { alg: "RSA-OAEP-256", enc: "none" },
    { alg: ["RSA-OAEP-256"], enc: "A256GCM" },
    { alg: "RSA-OAEP-256" },
    { enc: "A256GCM" },
    {},
    { alg: "toString", enc: "A256GCM" },
    { alg: "__proto__", enc: "A256GCM" },
  ]) {
    await refused(open(withHeader(jwe, header)), "algorithm-not-allowed", JSON.stringify(header));
  }
});

const encode = (text: string | Uint8Array) => Buffer.from(text).toString("base64url");
function withHeader(jwe: string, header: object | string): string {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  return [encode(text), ...jwe.split(".").slice(1)].join(".");
}

test("crit and zip are refused; keys and addresses in the header are not looked at", async () => {
  const jwe = await encrypt(payload);
  const good = { alg: "RSA-OAEP-256", enc: "A256GCM", kid: rsaKey.priv.kid };
  await refused(open(withHeader(jwe, { ...good, crit: ["exp"], exp: 1 })), "critical-header-unsupported");
  await refused(open(withHeader(jwe, { ...good, crit: [] })), "critical-header-unsupported");
  await refused(open(withHeader(jwe, { ...good, zip: "DEF" })), "algorithm-not-allowed");
  const { pub } = await makeKey("RSA-OAEP-256");
  const fetched: string[] = [];
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (url) => {
    fetched.push(String(url));
    throw new Error("no");
  };
  try {
    const header = {
      jwk: pub,
      jku: "https://other.example/keys",
      x5u: "https://other.example/x",
      x5c: [base64(today.certificate)],
      p2c: 1_000_000_000,
    };
    assert.deepEqual((await open(await encrypt(payload, { header }))).signature, expected.signature);
  } finally {
    globalThis.fetch = realFetch;
  }
  assert.deepEqual(fetched, []);
});

test("hostile forms are malformed", async () => {
  const jwe = await encrypt(payload);
  const [header = "", key = "", iv = "", text = "", tag = ""] = jwe.split(".");
  const good = { alg: "RSA-OAEP-256", enc: "A256GCM", kid: rsaKey.priv.kid };
  const cases: Record<string, unknown> = {
    "not a text": 7,
    empty: "",
    "four parts": [header, key, iv, text].join("."),
    "six parts": `${jwe}.AAAA`,
    "a JWS": "a.b.c",
    "JSON serialisation": JSON.stringify({ protected: header }),
    padding: `${jwe}=`,
    "white space": ` ${jwe}`,
    "standard base64": [`${header}+/`, key, iv, text, tag].join("."),
    "bits left over": [
      header,
      key,
      iv,
      text,
      `${tag.slice(0, -1)}${tag.endsWith("A") ? "B" : flip(tag)}`,
    ].join("."),
    "header not JSON": withHeader(jwe, "{"),
    "header an array": withHeader(jwe, "[]"),
    "header null": withHeader(jwe, "null"),
    "header with a byte order mark": withHeader(jwe, `\ufeff${JSON.stringify(good)}`),
    "header not UTF-8": [encode(new Uint8Array([0x7b, 0xff, 0x7d])), key, iv, text, tag].join("."),
    "a member twice": withHeader(jwe, JSON.stringify(good).replace("{", '{"alg":"RSA-OAEP-256",')),
    "a member twice, once escaped": withHeader(jwe, JSON.stringify(good).replace("{", '{"\\u0061lg":"dir",')),
    "a member of a member twice": withHeader(jwe, JSON.stringify(good).replace("{", '{"x":{"a":1,"a":2},')),
    "a huge header": withHeader(jwe, { ...good, padding: "x".repeat(20_000) }),
    "kid a number": withHeader(jwe, { ...good, kid: 1 }),
    "kid too long": withHeader(jwe, { ...good, kid: "x".repeat(256) }),
    "no encrypted key": [header, "", iv, text, tag].join("."),
    "a huge encrypted key": [header, "A".repeat(2_000), iv, text, tag].join("."),
    "a short iv": [header, key, iv.slice(0, 12), text, tag].join("."),
    "no iv": [header, key, "", text, tag].join("."),
    "a short tag": [header, key, iv, text, tag.slice(0, 8)].join("."),
    "no ciphertext": [header, key, iv, "", tag].join("."),
    "direct agreement with a key": withHeader(jwe, { alg: "ECDH-ES", enc: "A256GCM", epk: {} }),
    "agreement without an ephemeral key": withHeader(jwe, { alg: "ECDH-ES+A128KW", enc: "A256GCM" }),
    "an ephemeral key that is a text": withHeader(jwe, { alg: "ECDH-ES+A128KW", enc: "A256GCM", epk: "x" }),
  };
  for (const [name, result] of Object.entries(cases)) {
    await refused(open(result), "signature-result-malformed", name);
  }
  await refused(open(await encrypt("x".repeat(200_000))), "signature-result-malformed", "too large");
  await refused(
    open(jwe, { maxBytes: jwe.length - 1 }),
    "signature-result-malformed",
    "above the caller's bound",
  );
  assert.ok(await open(jwe, { maxBytes: jwe.length }));
});

/** Another last character whose unused bits are set. */
function flip(tag: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return alphabet[alphabet.indexOf(tag.slice(-1)) | 1] ?? "";
}

test("altered, or for another key, it cannot be opened, and the error is the same", async () => {
  const messages = new Set<string>();
  const fails = async (name: string, result: string, keys?: PrivateJwk) => {
    await refused(open(result, keys === undefined ? {} : { keys }), "signature-result-undecryptable", name);
    await open(result, keys === undefined ? {} : { keys }).catch((error: Error) =>
      messages.add(error.message),
    );
  };
  for (const { pub } of [rsaKey, ecKey]) {
    const alg = pub.alg === "ECDH-ES" ? "ECDH-ES+A256KW" : "RSA-OAEP-256";
    const anyUse = { ...(pub.kty === "RSA" ? rsaKey : ecKey).priv } as Record<string, unknown>;
    delete anyUse.alg;
    const keys = anyUse as PrivateJwk;
    for (const enc of ["A256GCM", "A128CBC-HS256"]) {
      const parts = (await encrypt(payload, { key: pub, alg, enc })).split(".");
      for (const at of [1, 2, 3, 4]) {
        const bytes = Buffer.from(parts[at] ?? "", "base64url");
        bytes[0] = (bytes[0] ?? 0) ^ 1;
        const altered = parts.map((part, index) => (index === at ? encode(bytes) : part)).join(".");
        await fails(`part ${at} of ${alg} ${enc}`, altered, keys);
      }
    }
  }
  const jwe = await encrypt(payload);
  const members = JSON.parse(Buffer.from(jwe.split(".")[0] ?? "", "base64url").toString());
  await fails("header with a member more", withHeader(jwe, { ...members, x: 1 }));
  const another = await makeKey("RSA-OAEP-256");
  await fails("another key of the same kid", jwe, another.priv);
  assert.equal(messages.size, 1);
  await refused(
    open(
      withHeader(await encrypt(payload, { key: ecKey.pub }), {
        alg: "ECDH-ES",
        enc: "A256GCM",
        kid: ecKey.pub.kid,
        // Not a point of the curve.
        epk: {
          kty: "EC",
          crv: "P-256",
          x: encode(new Uint8Array(32).fill(1)),
          y: encode(new Uint8Array(32).fill(1)),
        },
      }),
    ),
    "signature-result-undecryptable",
  );
});

test("the key is the one of the kid; without a kid the only one that fits", async () => {
  const { kid: _kid, ...withoutKid } = rsaKey.pub as JWK;
  const anonymous = await encrypt(payload, { key: withoutKid });
  const another = await makeKey("RSA-OAEP-256");
  const renamed = { ...another.priv, kid: "old" };
  assert.ok(await open(anonymous));
  await refused(open(anonymous, { keys: [rsaKey.priv, renamed] }), "signature-result-undecryptable");
  await refused(open(anonymous, { keys: ecKey.priv }), "signature-result-undecryptable");
  const named = await encrypt(payload);
  assert.ok(await open(named, { keys: [renamed, rsaKey.priv] }));
  await refused(open(named, { keys: { ...rsaKey.priv, kid: "other" } }), "signature-result-undecryptable");
  const { kid: _ownKid, ...nameless } = rsaKey.priv;
  await refused(open(named, { keys: nameless as PrivateJwk }), "signature-result-undecryptable");
  await refused(open(named, { keys: [rsaKey.priv, { ...rsaKey.priv }] }), "signature-result-undecryptable");
  // The kid of an EC key does not make it one for RSA, nor its alg another one.
  await refused(
    open(named, { keys: { ...ecKey.priv, kid: String(rsaKey.priv.kid) } }),
    "signature-result-undecryptable",
  );
  const agreement = await encrypt(payload, { key: ecKey.pub, alg: "ECDH-ES+A128KW" });
  await refused(open(agreement), "signature-result-undecryptable");
});

test("keys that cannot be right are refused, and never quoted", async () => {
  const jwe = await encrypt(payload);
  const short = await makeKey("RSA-OAEP-256", { modulusLength: 2048 });
  const cases: Record<string, unknown> = {
    "not an object": "x",
    null: null,
    none: [],
    "too many": Array.from({ length: 17 }, () => rsaKey.priv),
    "a JWK Set": { keys: [rsaKey.priv] },
    "a public key": rsaKey.pub,
    "a secret": { kty: "oct", k: "AAAA" },
    "another kind": { kty: "OKP", crv: "X25519", x: "AAAA", d: "AAAA" },
    "prototype's name": { kty: "toString", d: "AAAA" },
    "for signatures": { ...rsaKey.priv, use: "sig" },
    "for signing": { ...rsaKey.priv, key_ops: ["sign"] },
    "key_ops a text": { ...rsaKey.priv, key_ops: "decrypt" },
    "for another algorithm": { ...rsaKey.priv, alg: "RSA1_5" },
    "an alg of the other kind": { ...rsaKey.priv, alg: "ECDH-ES" },
    "another curve": { ...ecKey.priv, crv: "secp256k1" },
    "members missing": { kty: "RSA", d: rsaKey.priv.d, n: rsaKey.priv.n, e: "AQAB" },
    "more primes": { ...rsaKey.priv, oth: [] },
    "not base64url": { ...rsaKey.priv, d: `${rsaKey.priv.d}=` },
    "1024 bits": { ...short.priv, n: String(short.priv.n).slice(0, 172) },
    "leading zeros": { ...short.priv, n: `${"A".repeat(172)}${String(short.priv.n).slice(0, 172)}` },
    "kid a number": { ...rsaKey.priv, kid: 7 },
    "a point off the curve": { ...ecKey.priv, kid: rsaKey.priv.kid, x: ecKey.priv.y },
  };
  for (const [name, keys] of Object.entries(cases)) {
    const result =
      name === "a point off the curve"
        ? await encrypt(payload, { key: { ...ecKey.pub, kid: String(rsaKey.priv.kid) } })
        : jwe;
    await refused(open(result, { keys: keys as PrivateJwk }), "decryption-key-invalid", name);
  }
  await refused(
    open(jwe, { keys: ecKey.priv, algorithms: ["RSA-OAEP-256"] }),
    "decryption-key-invalid",
    "fits no algorithm",
  );
});

test("what is inside has to be of its form; names can be changed", async () => {
  const signature = base64(expected.signature);
  const certificate = base64(expected.certificate);
  const cases: Record<string, string | Uint8Array> = {
    "not JSON": "{",
    "an array": "[]",
    "not UTF-8": new Uint8Array([0x7b, 0xff, 0x7d]),
    "no signature": JSON.stringify({ certificate }),
    "no certificate": JSON.stringify({ signature }),
    "a number": JSON.stringify({ signature: 7, certificate }),
    base64url: JSON.stringify({
      signature: signature.replaceAll("+", "-").replaceAll("/", "_"),
      certificate,
    }),
    "without padding": JSON.stringify({ signature: signature.replaceAll("=", ""), certificate }),
    "with a line break": JSON.stringify({ signature: `${signature}\n`, certificate }),
    "bits left over": JSON.stringify({ signature: "AB==", certificate }),
    "an empty signature": JSON.stringify({ signature: "", certificate }),
    "a huge signature": JSON.stringify({ signature: base64(new Uint8Array(1_025)), certificate }),
    "a huge certificate": JSON.stringify({ signature, certificate: base64(new Uint8Array(65_537)) }),
    "a member twice": payload.replace("{", `{"signature":"AAAA",`),
  };
  for (const [name, plaintext] of Object.entries(cases)) {
    await refused(open(await encrypt(plaintext)), "signature-result-malformed", name);
  }
  const names = { signature: "sig", certificate: "cert" };
  const other = await encrypt(JSON.stringify({ sig: signature, cert: certificate, more: { a: [1, "x:{"] } }));
  assert.deepEqual((await open(other, { names })).certificate, new Uint8Array(expected.certificate));
});

test("a reader of the caller's own; what it throws does not get out", async () => {
  const jwe = await encrypt(Buffer.concat([expected.signature, expected.certificate]));
  const { length } = expected.signature;
  const read = (bytes: Uint8Array) => ({
    signature: bytes.slice(0, length),
    certificate: bytes.slice(length).buffer,
  });
  assert.deepEqual(plain({ ...(await open(jwe, { read })) }), plain(expected));
  const readers: Record<string, unknown> = {
    throws: (bytes: Uint8Array) => {
      throw new Error(`cannot read ${base64(bytes)}`);
    },
    nothing: () => undefined,
    texts: () => ({ signature: "AAAA", certificate: "AAAA" }),
    empty: () => ({ signature: new Uint8Array(), certificate: new Uint8Array(1) }),
    shared: () => ({ signature: new Uint8Array(new SharedArrayBuffer(8)), certificate: new Uint8Array(1) }),
  };
  for (const [name, reader] of Object.entries(readers)) {
    await refused(open(jwe, { read: reader as never }), "signature-result-malformed", name);
  }
});

test("options that are none", async () => {
  const jwe = await encrypt(payload);
  for (const more of [
    { algorithms: [] },
    { algorithms: ["RSA1_5"] },
    { algorithms: "RSA-OAEP-256" },
    { encryptions: ["A256"] },
    { read: 5 },
    { maxBytes: 0 },
    { names: { signature: "" } },
  ]) {
    await assert.rejects(open(jwe, more as never), { code: "options-invalid" }, JSON.stringify(more));
  }
});
