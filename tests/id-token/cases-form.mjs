// The token's form, header and payload; algorithms; the published examples.
import { createHmac } from "node:crypto";
import {
  accessToken,
  add,
  atHash,
  claims,
  ec,
  encode,
  keySet,
  makeToken,
  pairs,
  privateJwk,
  publicJwk,
  rsaKey,
  without,
} from "./maker.mjs";
import { rfc7515A2, rfc7515A3, rfc7520_4_1 } from "./rfc-vectors.mjs";

const header = { alg: "ES256", kid: "ec-1" };
const withHeader = (members) => ({ token: makeToken({ header: { ...header, ...members } }) });

/** The same bytes with the last character's unused bits set. */
function trailingBits(part) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (part.length % 4 === 0) throw new Error("no unused bits");
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1)) + 1];
}

/** A token whose parts are of such lengths that all have unused bits. */
function unevenToken() {
  for (let blanks = ""; ; blanks += " ") {
    const token = makeToken({
      header: `${JSON.stringify(header)}${blanks}`,
      payload: `${JSON.stringify(claims)}${blanks}`,
    });
    if (token.split(".").every((part) => part.length % 4 !== 0)) return token;
  }
}

function flip(token, bit) {
  const [head, payload, signature] = token.split(".");
  const bytes = Buffer.from(signature, "base64url");
  bytes[Math.floor(bit / 8)] ^= 1 << (bit % 8);
  return `${head}.${payload}.${encode(bytes)}`;
}

export function addFormCases() {
  add("valid: ES256, key by kid", "valid", {
    options: { accessToken },
    steps: {
      size: "passed",
      "compact-form": "passed",
      header: "passed",
      "critical-header": "passed",
      type: "passed",
      algorithm: "passed",
      "key-set": "passed",
      key: "passed",
      signature: "passed",
      claims: "passed",
      issuer: "passed",
      audience: "passed",
      "authorized-party": "skipped",
      subject: "passed",
      expiration: "passed",
      "not-before": "skipped",
      "issued-at": "passed",
      "token-age": "skipped",
      nonce: "passed",
      "access-token-hash": "passed",
      "authentication-context": "skipped",
      "authentication-time": "skipped",
    },
  });

  // RFC 7515 §7.1
  const token = makeToken();
  const [head, payload, signature] = token.split(".");
  const malformed = {
    "an empty text": "",
    "two parts": `${head}.${payload}`,
    "four parts": `${token}.${signature}`,
    "five parts, as an encrypted token has": `${head}..${payload}..${signature}`,
    "a blank in front": ` ${token}`,
    "a line break behind": `${token}\n`,
    "a line break within": `${head}.${payload.slice(0, 20)}\n${payload.slice(20)}.${signature}`,
    "padding behind the header": `${unevenToken().replace(".", "=.")}`,
    "padding behind the signature": `${token}==`,
    "the other alphabet's plus": `${head}.${payload.slice(0, -4)}AA+A.${signature}`,
    "the other alphabet's slash": `${head}.${payload}.${signature.slice(0, -4)}AA/A`,
    "a character more than whole bytes have": `${head}.${payload}.${signature}AAA`,
    "a NUL": `${head}.${payload}.\0${signature.slice(1)}`,
    "a full-width letter": `${head}.${payload}.Ａ${signature.slice(1)}`,
    "the JSON itself": JSON.stringify(claims),
  };
  for (const [name, text] of Object.entries(malformed)) {
    add(`form: ${name}`, "token-malformed", { token: text, steps: { "compact-form": "failed" } });
  }
  for (const part of [0, 1, 2]) {
    const parts = unevenToken().split(".");
    parts[part] = trailingBits(parts[part]);
    add(`form: unused bits set in part ${part + 1}`, "token-malformed", { token: parts.join(".") });
  }
  add("form: all parts end within a byte, canonically", "valid", { token: unevenToken() });

  // RFC 7515 §4
  for (const [name, expected, text] of [
    ["not JSON", "json-malformed", "ES256"],
    ["empty", "json-malformed", ""],
    ["an array", "token-malformed", '["ES256"]'],
    ["a string", "token-malformed", '"ES256"'],
    ["two alg", "json-duplicate-member", '{"alg":"ES256","kid":"ec-1","alg":"ES256"}'],
    [
      "two alg, one of them escaped",
      "json-duplicate-member",
      '{"alg":"none","kid":"ec-1","\\u0061lg":"ES256"}',
    ],
    ["two members of one name in jwk", "json-duplicate-member", '{"alg":"ES256","jwk":{"x":"","x":""}}'],
    ["a comment", "json-malformed", '{"alg":"ES256"/**/}'],
    ["a comma too many", "json-malformed", '{"alg":"ES256",}'],
    ["no alg", "token-malformed", '{"kid":"ec-1"}'],
    ["alg is a number", "token-malformed", '{"alg":256}'],
    ["alg is an array", "token-malformed", '{"alg":["ES256"]}'],
    ["kid is a number", "token-malformed", '{"alg":"ES256","kid":1}'],
    ["kid is null", "token-malformed", '{"alg":"ES256","kid":null}'],
    ["typ is an access token's", "token-malformed", '{"alg":"ES256","kid":"ec-1","typ":"at+jwt"}'],
    ["typ is a logout token's", "token-malformed", '{"alg":"ES256","kid":"ec-1","typ":"logout+jwt"}'],
    ["typ is a number", "token-malformed", '{"alg":"ES256","kid":"ec-1","typ":1}'],
  ]) {
    add(`header: ${name}`, expected, { token: makeToken({ header: text }), messageContains: "header" });
  }
  for (const typ of ["JWT", "jwt", "application/jwt"]) {
    add(`header: typ ${typ}`, "valid", { ...withHeader({ typ }), steps: { type: "passed" } });
  }
  add("header: no typ", "valid", withHeader({}));
  add("header: with blanks and escapes", "valid", {
    token: makeToken({ header: ' {\r\n\t"\\u0061lg" : "ES\\u003256" , "kid":"ec-1"} ' }),
  });

  // RFC 7515 §4.1.11, RFC 7797
  for (const [name, members] of [
    ["crit", { crit: ["exp"], exp: 1 }],
    ["crit with b64", { crit: ["b64"], b64: true }],
    ["an empty crit", { crit: [] }],
    ["crit that is no array", { crit: null }],
    ["b64 false", { b64: false }],
    ["b64 true", { b64: true }],
  ]) {
    add(`header: ${name}`, "critical-header-unsupported", {
      ...withHeader(members),
      steps: { "critical-header": "failed" },
    });
  }

  // Keys that the token brings along
  const other = publicJwk("es256Other");
  add("header: embedded keys are ignored", "valid", {
    ...withHeader({
      jwk: other,
      jku: "https://evil.example/keys",
      x5u: "https://evil.example/c",
      x5c: ["AA=="],
      x5t: "AA",
    }),
  });
  add("header: signed with an embedded key", "signature-mismatch", {
    token: makeToken({ header: { ...header, jwk: other }, pair: "es256Other" }),
  });
  add("header: signed with an embedded key of the same kid", "signature-mismatch", {
    token: makeToken({ header: { ...header, jwk: { ...other, kid: "ec-1" } }, pair: "es256Other" }),
  });
  add("header: an embedded key, and a set without keys", "key-not-found", {
    token: makeToken({ header: { alg: "ES256", jwk: other }, pair: "es256Other" }),
    keys: { keys: [] },
  });

  addAlgorithmCases();
  addSignatureCases();
  addPayloadCases();
  addSizeCases();
  addPublishedCases();
}

function addAlgorithmCases() {
  const unsigned = (alg) => `${encode(JSON.stringify({ alg }))}.${encode(JSON.stringify(claims))}.`;
  for (const alg of ["none", "None", "NONE", "nOnE", ""]) {
    add(`alg: "${alg}" and no signature`, "algorithm-not-allowed", {
      token: unsigned(alg),
      steps: { algorithm: "failed" },
    });
  }
  add("alg: none with a signature", "algorithm-not-allowed", {
    token: makeToken({ header: { alg: "none", kid: "ec-1" } }),
  });
  const secrets = {
    PEM: pairs.es256.publicKey.export({ type: "spki", format: "pem" }),
    DER: pairs.es256.publicKey.export({ type: "spki", format: "der" }),
    JWK: JSON.stringify(ec),
    "RSA PEM": pairs.rsa.publicKey.export({ type: "spki", format: "pem" }),
  };
  for (const [form, secret] of Object.entries(secrets)) {
    for (const [alg, hash] of [
      ["HS256", "sha256"],
      ["HS512", "sha512"],
    ]) {
      const kid = form.startsWith("RSA") ? "rsa-1" : "ec-1";
      const input = `${encode(JSON.stringify({ alg, kid }))}.${encode(JSON.stringify(claims))}`;
      add(`alg: ${alg} with the public key's ${form} as secret`, "algorithm-not-allowed", {
        token: `${input}.${encode(createHmac(hash, secret).update(input).digest())}`,
        options: { algorithms: ["ES256", "RS256"] },
      });
    }
  }
  for (const alg of [
    "es256",
    "ES256 ",
    "ES256K",
    "ES512",
    "EdDSA",
    "Ed25519",
    "RS1",
    "RS512",
    "PS384",
    "ML-DSA-44",
  ]) {
    add(`alg: ${JSON.stringify(alg)}`, "algorithm-not-allowed", {
      token: makeToken({ header: { alg, kid: "ec-1" } }),
      options: { algorithms: ["ES256", "ES384", "RS256", "PS256"] },
    });
  }

  const signed = {
    ES384: { kid: "ec-2", pair: "es384" },
    RS256: { kid: "rsa-1", pair: "rsa" },
    PS256: { kid: "rsa-1", pair: "rsa" },
  };
  for (const [algorithm, { kid, pair }] of Object.entries(signed)) {
    const hash = algorithm === "ES384" ? "sha384" : "sha256";
    const payload = { ...claims, at_hash: atHash(accessToken, hash) };
    const row = { token: makeToken({ header: { alg: algorithm, kid }, payload, algorithm, pair }) };
    add(`alg: ${algorithm}, allowed`, "valid", {
      ...row,
      options: { algorithms: ["ES256", algorithm], accessToken },
    });
    add(`alg: ${algorithm}, not allowed by default`, "algorithm-not-allowed", row);
  }
  add("alg: ES256, where the caller allows ES384 only", "algorithm-not-allowed", {
    options: { algorithms: ["ES384"] },
  });
  add("alg: RS256, signed as PS256", "signature-mismatch", {
    token: makeToken({ header: { alg: "RS256", kid: "rsa-1" }, algorithm: "PS256", pair: "rsa" }),
    options: { algorithms: ["RS256", "PS256"] },
  });
  add("alg: PS256, signed as RS256", "signature-mismatch", {
    token: makeToken({ header: { alg: "PS256", kid: "rsa-1" }, algorithm: "RS256", pair: "rsa" }),
    options: { algorithms: ["RS256", "PS256"] },
  });
}

function addSignatureCases() {
  const token = makeToken();
  const [head, payload, signature] = token.split(".");
  const bytes = Buffer.from(signature, "base64url");
  const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
  const zero = Buffer.alloc(32);
  const signatures = {
    "of nothing": Buffer.alloc(0),
    "of zeros": Buffer.alloc(64),
    "with r = 0 and s = 1": Buffer.concat([zero, zero.subarray(1), Buffer.of(1)]),
    "with r and s the curve's order": Buffer.concat([order, order]),
    "with s the curve's order more": Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(32, 0xff)]),
    "a byte short": bytes.subarray(0, 63),
    "a byte long": Buffer.concat([bytes, Buffer.of(0)]),
    "with a zero in front": Buffer.concat([Buffer.of(0), bytes]),
    "with r and s swapped": Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]),
  };
  for (const [name, value] of Object.entries(signatures)) {
    add(`signature: ${name}`, "signature-mismatch", {
      token: `${head}.${payload}.${encode(value)}`,
      steps: { key: "passed", signature: "failed" },
    });
  }
  add("signature: ES256 in DER", "signature-mismatch", { token: makeToken({ dsaEncoding: "der" }) });
  add("signature: by another key", "signature-mismatch", { token: makeToken({ pair: "es256Other" }) });
  for (const bit of [0, 255, 256, 511]) {
    add(`signature: bit ${bit} flipped`, "signature-mismatch", { token: flip(token, bit) });
  }
  add("signature: another payload", "signature-mismatch", {
    token: `${head}.${encode(JSON.stringify({ ...claims, sub: "someone else" }))}.${signature}`,
    steps: { signature: "failed" },
  });
  add("signature: another header", "signature-mismatch", {
    token: `${encode(JSON.stringify({ alg: "ES256", kid: "ec-1" }))}.${payload}.${signature}`,
  });
}

function addPayloadCases() {
  const body = JSON.stringify(claims).slice(0, -1);
  const nested = (depth) => `${body},"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  for (const [name, expected, text] of [
    ["empty", "json-malformed", ""],
    ["not JSON", "json-malformed", "sub=1"],
    ["an array", "token-malformed", `[${JSON.stringify(claims)}]`],
    ["null", "token-malformed", "null"],
    ["two sub", "json-duplicate-member", `${body},"sub":"x"}`],
    ["two sub, one of them escaped", "json-duplicate-member", `${body},"s\\u0075b":"x"}`],
    ["two members of one name three deep", "json-duplicate-member", `${body},"a":[{"b":{"c":1,"c":1}}]}`],
    ["two members named __proto__", "json-duplicate-member", `${body},"__proto__":1,"__proto__":1}`],
    ["something behind", "json-malformed", `${JSON.stringify(claims)} {}`],
    ["a byte order mark", "json-malformed", `\uFEFF${JSON.stringify(claims)}`],
    ["UTF-16", "json-malformed", Buffer.from(JSON.stringify(claims), "utf16le")],
    ["bytes that are not UTF-8", "json-malformed", Buffer.from(`${body},"x":"\xe9"}`, "latin1")],
    ["an overlong NUL", "json-malformed", Buffer.from(`${body},"x":"\xc0\x80"}`, "latin1")],
    ["a lone surrogate", "json-malformed", `${body},"x":"\\ud83d"}`],
    ["surrogates the wrong way round", "json-malformed", `${body},"x":"\\ude00\\ud83d"}`],
    ["a noncharacter", "json-malformed", `${body},"x":"\\uffff"}`],
    ["a control character", "json-malformed", `${body},"x":"\n"}`],
    ["single quotes", "json-malformed", `${body},'x':1}`],
    ["NaN", "json-malformed", `${body},"x":NaN}`],
    ["a number beyond all doubles", "json-malformed", `${body},"x":1e400}`],
    ["a number with leading zeros", "json-malformed", `${body},"x":007}`],
    ["nested 33 deep", "json-malformed", nested(32)],
    ["nested 10,000 deep", "json-malformed", nested(10_000)],
  ]) {
    add(`claims: ${name}`, expected, {
      token: makeToken({ payload: text }),
      steps: { signature: "passed", claims: "failed" },
    });
  }
  add("claims: nested 32 deep", "valid", { token: makeToken({ payload: nested(31) }) });
  add("claims: of all kinds, in text of many kinds", "valid", {
    token: makeToken({
      payload: ` ${body},\r\n"名前":"本人\\ud83d\\ude00\\u0000\u{10fffd}","a":[true,false,null,-0,1e-7,1E+3,123456789012345678901234567890],"__proto__":{"":""}} `,
    }),
  });
  add("claims: as text of JavaScript they would end a line", "valid", {
    token: makeToken({ payload: { ...claims, x: "\u2028\u2029</script>" } }),
  });
}

function addSizeCases() {
  const token = makeToken();
  add("size: exactly the maximum", "valid", { token, options: { maxTokenBytes: token.length } });
  add("size: a byte more than the maximum", "token-too-large", {
    token,
    options: { maxTokenBytes: token.length - 1 },
  });
  const long = makeToken({ payload: { ...claims, x: "a".repeat(50_000) } });
  add("size: more than 64 KiB, by default", "token-too-large", { token: long });
}

function addPublishedCases() {
  const row = ({ algorithm, token, key }) => ({
    token,
    keys: { keys: [key] },
    options: { algorithms: [algorithm], issuer: "joe" },
  });
  for (const [vector, expected, steps] of [
    [rfc7515A2, "claim-missing", { issuer: "passed", audience: "failed" }],
    [rfc7515A3, "claim-missing", { issuer: "passed", audience: "failed" }],
    [rfc7520_4_1, "json-malformed", { claims: "failed" }],
  ]) {
    add(`published: ${vector.name}`, expected, { ...row(vector), steps: { signature: "passed", ...steps } });
    const token = flip(vector.token, 77);
    add(`published: ${vector.name} with a bit of the signature flipped`, "signature-mismatch", {
      ...row({ ...vector, token }),
      steps: { signature: "failed" },
    });
  }
  add("published: RFC 7515 A.3 with the issuer that is expected here", "issuer-mismatch", {
    token: rfc7515A3.token,
    keys: { keys: [rfc7515A3.key] },
    steps: { signature: "passed", issuer: "failed" },
  });
  add("published: RFC 7515 A.2 where only ES256 is allowed", "algorithm-not-allowed", {
    token: rfc7515A2.token,
    keys: { keys: [rfc7515A2.key, ...keySet.keys, without(rsaKey, "kid")] },
  });
  add("published: RFC 7515 A.3 with its private key in the set", "key-set-contains-secret", {
    token: rfc7515A3.token,
    keys: { keys: [rfc7515A3.key, privateJwk("es256Other")] },
  });
}
