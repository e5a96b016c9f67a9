// The claims: each rule of OpenID Connect Core 1.0 §3.1.3.7 on both sides of its limit.
import { accessToken, add, atHash, claims, makeToken, now, options, without } from "./maker.mjs";

const token = (members) => makeToken({ payload: { ...claims, ...members } });
const lacking = (...names) => makeToken({ payload: without(claims, ...names) });
/** With a member's value as this text. */
const raw = (name, value) =>
  makeToken({ payload: `${JSON.stringify(without(claims, name)).slice(0, -1)},"${name}":${value}}` });

/** A row a value: valid ones by name, refused ones with their code. */
function each(step, claim, rows) {
  for (const [name, expected, value, row = {}] of rows) {
    add(`${claim}: ${name}`, expected, {
      token: value === undefined ? lacking(claim) : token({ [claim]: value }),
      steps: { signature: "passed", [step]: expected === "valid" ? "passed" : "failed" },
      ...row,
    });
  }
}

export function addClaimCases() {
  each("issuer", "iss", [
    ["another", "issuer-mismatch", "https://evil.example"],
    ["with a slash behind", "issuer-mismatch", `${options.issuer}/`],
    ["in another case", "issuer-mismatch", options.issuer.toUpperCase()],
    ["the other environment's", "issuer-mismatch", "https://sb.op.example/realms/main"],
    ["a beginning of it", "issuer-mismatch", options.issuer.slice(0, -1)],
    ["empty", "issuer-mismatch", ""],
    ["missing", "claim-missing", undefined],
    ["an array", "claim-malformed", [options.issuer]],
    ["null", "claim-malformed", null],
  ]);
  add("iss: escaped, the same text", "valid", {
    token: raw("iss", JSON.stringify(options.issuer).replace(/o/g, "\\u006f")),
  });

  each("audience", "aud", [
    ["another", "audience-mismatch", "client2"],
    ["in another case", "audience-mismatch", "Client1"],
    ["a beginning of it", "audience-mismatch", "client"],
    ["empty", "audience-mismatch", ""],
    ["an empty array", "audience-mismatch", []],
    ["an array without this client", "audience-mismatch", ["client2", "client3"]],
    ["an array of this client alone", "valid", ["client1"]],
    ["an array with another that is not trusted", "audience-mismatch", ["client1", "client2"]],
    [
      "an array with another that is not trusted, despite azp",
      "audience-mismatch",
      ["client1", "client2"],
      { token: token({ aud: ["client1", "client2"], azp: "client1" }) },
    ],
    [
      "trusted, but not this client",
      "audience-mismatch",
      "account",
      { options: { trustedAudiences: ["account"] } },
    ],
    ["missing", "claim-missing", undefined],
    ["a number", "claim-malformed", 1],
    ["an object", "claim-malformed", { client1: true }],
    ["an array with a number", "claim-malformed", ["client1", 1]],
    ["an array in an array", "claim-malformed", [["client1"]]],
    ["null", "claim-malformed", null],
  ]);

  const trusted = { options: { trustedAudiences: ["account", "other"] } };
  add("azp: this client, one audience", "valid", {
    token: token({ azp: "client1" }),
    steps: { "authorized-party": "passed" },
  });
  add("azp: this client, a trusted audience beside", "valid", {
    token: token({ aud: ["account", "client1"], azp: "client1" }),
    ...trusted,
  });
  add("azp: missing with several audiences", "authorized-party-mismatch", {
    token: token({ aud: ["client1", "account"] }),
    ...trusted,
    steps: { audience: "passed", "authorized-party": "failed" },
  });
  add("azp: a trusted audience", "authorized-party-mismatch", {
    token: token({ aud: ["client1", "account"], azp: "account" }),
    ...trusted,
  });
  add("azp: another client, one audience", "authorized-party-mismatch", {
    token: token({ azp: "client2" }),
    steps: { "authorized-party": "failed" },
  });
  add("azp: empty", "authorized-party-mismatch", { token: token({ azp: "" }) });
  add("azp: an array", "claim-malformed", {
    token: token({ azp: ["client1"] }),
    steps: { "authorized-party": "failed" },
  });

  each("subject", "sub", [
    ["255 characters", "valid", "s".repeat(255)],
    ["256 characters", "claim-malformed", "s".repeat(256)],
    ["one character", "valid", "0"],
    ["empty", "claim-malformed", ""],
    ["not ASCII", "claim-malformed", "本人"],
    ["with spaces and signs", "valid", "auth0|a b:c@d~"],
    ["with a line end", "claim-malformed", "person\n"],
    ["with a null", "claim-malformed", "per\u0000son"],
    ["with an escape", "claim-malformed", "person\u001b[31m"],
    ["with DEL", "claim-malformed", "person\u007f"],
    ["with NEL", "claim-malformed", "person\u0085"],
    ["a number", "claim-malformed", 12345],
    ["null", "claim-malformed", null],
    ["missing", "claim-missing", undefined],
  ]);

  addTimeCases();
  addBindingCases();
}

function addTimeCases() {
  const strict = { options: { clockTolerance: 0 } };
  const wide = { options: { clockTolerance: 600 } };
  each("expiration", "exp", [
    ["59 s ago", "valid", now - 59],
    ["59.999 s ago", "valid", now - 59.999],
    ["60 s ago", "token-expired", now - 60, { messageContains: "expired 60 s ago" }],
    ["an hour ago", "token-expired", now - 3600, { messageContains: "expired 3600 s ago" }],
    ["now, no tolerance", "token-expired", now, { ...strict, messageContains: "expired 0 s ago" }],
    ["in 1 s, no tolerance", "valid", now + 1, strict],
    ["in a millisecond, no tolerance", "valid", now + 0.001, strict],
    ["599 s ago, tolerance 600 s", "valid", now - 599, wide],
    ["600 s ago, tolerance 600 s", "token-expired", now - 600, wide],
    ["0", "token-expired", 0],
    ["end of the year 9999", "valid", 253_402_300_799],
    ["beyond the year 9999", "claim-malformed", 253_402_300_800],
    ["in milliseconds", "claim-malformed", (now + 300) * 1000],
    ["negative", "claim-malformed", -1],
    ["a string", "claim-malformed", String(now + 300)],
    ["true", "claim-malformed", true],
    ["null", "claim-malformed", null],
    ["an array", "claim-malformed", [now + 300]],
    ["missing", "claim-missing", undefined],
  ]);
  add("exp: with a fraction and an exponent", "valid", { token: raw("exp", "18000003.005e2") });
  add("exp: 1e300", "claim-malformed", { token: raw("exp", "1e300") });
  add("exp: 1e400", "json-malformed", { token: raw("exp", "1e400") });
  add("exp: 400 digits", "json-malformed", { token: raw("exp", "9".repeat(400)) });
  add("exp: 1e-400", "token-expired", { token: raw("exp", "1e-400") });

  each("not-before", "nbf", [
    ["now", "valid", now],
    ["in 60 s", "valid", now + 60],
    ["in 60.001 s", "token-not-yet-valid", now + 60.001, { messageContains: "nbf is 61 s in the future" }],
    ["in 61 s", "token-not-yet-valid", now + 61, { messageContains: "nbf is 61 s in the future" }],
    ["in 1 s, no tolerance", "token-not-yet-valid", now + 1, strict],
    ["now, no tolerance", "valid", now, strict],
    ["a string", "claim-malformed", "0"],
    ["null", "claim-malformed", null],
  ]);
  each("issued-at", "iat", [
    ["in 60 s", "valid", now + 60],
    ["in 61 s", "token-issued-in-future", now + 61, { messageContains: "iat is 61 s in the future" }],
    ["in 1 s, no tolerance", "token-issued-in-future", now + 1, strict],
    ["now, no tolerance", "valid", now, strict],
    ["years ago", "valid", 1],
    ["in milliseconds", "claim-malformed", now * 1000],
    ["a string", "claim-malformed", String(now)],
    ["missing", "claim-missing", undefined],
  ]);
  each("token-age", "iat", [
    ["at the maximum age and tolerance", "valid", now - 160, { options: { maxTokenAge: 100 } }],
    [
      "1 s beyond the maximum age and tolerance",
      "token-too-old",
      now - 161,
      { options: { maxTokenAge: 100 }, messageContains: "161 s ago; the maximum age is 100 s" },
    ],
    [
      "beyond a maximum age of 0, no tolerance",
      "token-too-old",
      now - 1,
      { options: { maxTokenAge: 0, clockTolerance: 0 } },
    ],
    ["at a maximum age of 0, no tolerance", "valid", now, { options: { maxTokenAge: 0, clockTolerance: 0 } }],
  ]);
  each("authentication-time", "auth_time", [
    ["at the maximum age and tolerance", "valid", now - 160, { options: { maxAge: 100 } }],
    [
      "1 s beyond the maximum age and tolerance",
      "authentication-too-old",
      now - 161,
      { options: { maxAge: 100 }, messageContains: "161 s ago; the maximum age is 100 s" },
    ],
    [
      "with maximum age 0, no tolerance",
      "authentication-too-old",
      now - 1,
      { options: { maxAge: 0, clockTolerance: 0 } },
    ],
    ["in the future, within the tolerance", "valid", now + 60, { options: { maxAge: 100 } }],
    [
      "in the future",
      "claim-malformed",
      now + 61,
      { options: { maxAge: 100 }, messageContains: "61 s in the future" },
    ],
    ["a string", "claim-malformed", String(now), { options: { maxAge: 100 } }],
    [
      "missing though a maximum age was asked for",
      "claim-missing",
      undefined,
      { token: makeToken(), options: { maxAge: 100 } },
    ],
    ["a string, though no maximum age was asked for", "claim-malformed", "x"],
  ]);
  add("auth_time: years ago, no maximum age asked for", "valid", {
    token: token({ auth_time: 1 }),
    steps: { "authentication-time": "skipped" },
  });
  add("now: with a fraction", "token-expired", {
    token: token({ exp: now - 60 }),
    options: { now: now + 0.5 },
    messageContains: "expired 61 s ago",
  });
}

function addBindingCases() {
  each("nonce", "nonce", [
    ["another", "nonce-mismatch", "n-0S6_WzA2Mk"],
    ["a beginning of it", "nonce-mismatch", options.nonce.slice(0, -1)],
    ["in another case", "nonce-mismatch", options.nonce.toLowerCase()],
    ["empty", "nonce-mismatch", ""],
    ["missing", "claim-missing", undefined],
    ["a number", "claim-malformed", 1],
    ["null", "claim-malformed", null],
  ]);
  add("nonce: none sent, none there", "valid", {
    token: lacking("nonce"),
    options: { nonce: null },
    steps: { nonce: "skipped" },
  });
  add("nonce: none sent, one there", "valid", { options: { nonce: null }, steps: { nonce: "skipped" } });
  add("nonce: none sent, a number there", "claim-malformed", {
    token: token({ nonce: 1 }),
    options: { nonce: null },
  });

  const given = { options: { accessToken } };
  each("access-token-hash", "at_hash", [
    ["another token's", "access-token-hash-mismatch", atHash("another"), given],
    ["by SHA-384", "access-token-hash-mismatch", atHash(accessToken, "sha384"), given],
    ["the whole digest", "access-token-hash-mismatch", `${atHash(accessToken)}AAAA`, given],
    ["in padded base64", "access-token-hash-mismatch", `${atHash(accessToken)}==`, given],
    ["empty", "access-token-hash-mismatch", "", given],
    ["missing", "claim-missing", undefined, given],
    ["a number", "claim-malformed", 1, given],
    ["a number, though the access token was not given", "claim-malformed", 1],
  ]);
  add("at_hash: the access token was not given", "valid", {
    token: token({ at_hash: "whatever" }),
    steps: { "access-token-hash": "skipped" },
  });
  add("at_hash: by SHA-256 for ES384", "access-token-hash-mismatch", {
    token: makeToken({ header: { alg: "ES384", kid: "ec-2" }, algorithm: "ES384", pair: "es384" }),
    options: { accessToken, algorithms: ["ES384"] },
  });

  const asked = { options: { acrValues: ["aal3 crl", "aal3"] } };
  each("authentication-context", "acr", [
    ["one of those asked for", "valid", "aal3", asked],
    ["another one of those", "valid", "aal3 crl", asked],
    ["another", "acr-mismatch", "aal2", asked],
    ["a part of one", "acr-mismatch", "crl", asked],
    ["a number", "claim-malformed", 3, asked],
    ["missing though asked for", "claim-missing", undefined, { token: makeToken(), ...asked }],
    ["a number, though none was asked for", "claim-malformed", 3],
  ]);
  add("acr: none was asked for", "valid", {
    token: token({ acr: "0" }),
    steps: { "authentication-context": "skipped" },
  });

  add("all checks at once", "valid", {
    token: token({
      aud: ["client1", "account"],
      azp: "client1",
      nbf: now,
      auth_time: now - 20,
      acr: "aal3",
      amr: ["pin", "sc"],
    }),
    options: {
      accessToken,
      algorithms: ["ES256"],
      clockTolerance: 0,
      maxAge: 20,
      maxTokenAge: 5,
      acrValues: ["aal3"],
      trustedAudiences: ["account"],
      maxTokenBytes: 4096,
    },
    steps: Object.fromEntries(
      [
        "authorized-party",
        "not-before",
        "token-age",
        "nonce",
        "access-token-hash",
        "authentication-context",
        "authentication-time",
      ].map((id) => [id, "passed"]),
    ),
  });
  add("the first of several defects is the one told", "issuer-mismatch", {
    token: token({ iss: "https://evil.example", aud: "client2", exp: now - 1000, nonce: "x" }),
    steps: { issuer: "failed" },
  });
}
