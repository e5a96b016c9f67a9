// The two modules: which one a function uses, and that both judge an ID token alike.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { packageFolder, run } from "../support/program.ts";
import { clientId, issuer, jwkSet, makeKey, nonce, sign } from "../support/tokens.ts";

const { Verifier } = await import("../../dist/wasm/verifier.js" as string);
const bytesOf = async (name: string) =>
  Buffer.from(await readFile(join(packageFolder, `dist/wasm/${name}.wasm`)));
const compile = async (name: string) => new WebAssembly.Module(await bytesOf(name));
const [whole, small] = await Promise.all(
  ["honnin", "id-token"].map(async (name) => new Verifier(new WebAssembly.Instance(await compile(name)))),
);

const textOf = (answer: Uint8Array) => new TextDecoder().decode(answer);

/** The answers of both modules, which must be the same, and have the report of an acceptance only if they are not brief. */
function judge(token: string, keys: string, options: object): string {
  const values = [token, keys, JSON.stringify(options)];
  const [answer, brief] = [0, 1].map((isBrief) => {
    const answer = textOf(whole.call("verify_id_token", values, isBrief));
    assert.equal(textOf(small.call("verify_id_token", values, isBrief)), answer, values.join("\n"));
    return answer;
  }) as [string, string];
  const { report, ...rest } = JSON.parse(answer);
  assert.ok(Array.isArray(report.steps));
  assert.deepEqual(JSON.parse(brief), rest.ok ? rest : { ...rest, report });
  return answer;
}

const now = 1_800_000_000;
const key = await makeKey("1");
const token = await sign(key, now);
const keys = JSON.stringify(jwkSet(key));
const options = { issuer, clientId, nonce, now };

/** Numbers from a seed, below the given one. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("both modules judge an ID token alike: valid, refused, changed at random", () => {
  // More uses of the key than it takes to build a table of it.
  for (let use = 0; use < 8; use++) assert.match(judge(token, keys, options), /^\{"ok":true,/);
  const refused: [string, object, string?][] = [
    ["issuer-mismatch", { issuer: "https://other.example" }],
    ["audience-mismatch", { clientId: "other" }],
    ["nonce-mismatch", { nonce: "other" }],
    ["token-expired", { now: now + 10_000 }],
    ["claim-missing", { accessToken: "x" }],
    ["options-invalid", { maxage: 1 }],
    ["options-invalid", { algorithms: [] }],
    ["algorithm-unsupported", { algorithms: ["none"] }],
    ["key-set-malformed", {}, "{}"],
    ["key-not-found", {}, '{"keys":[]}'],
  ];
  for (const [code, change, set = keys] of refused) {
    assert.ok(judge(token, set, { ...options, ...change }).startsWith(`{"ok":false,"code":"${code}"`), code);
  }
  const random = randomNumbers(7);
  const codes = new Set<string>();
  for (let round = 0; round < 1_500; round++) {
    const changed = [token, keys].map((text) => {
      if (random(3) === 0) return text;
      const at = random(text.length);
      const letter = [..."AQgw_-.{}[]\\,:0", '"'][random(16)];
      return text.slice(0, at) + letter + text.slice(at + random(3));
    });
    codes.add(/"code":"([^"]+)"/.exec(judge(changed[0] ?? "", changed[1] ?? "", options))?.[1] ?? "valid");
  }
  assert.ok(codes.has("valid") && codes.has("signature-mismatch") && codes.size > 6, [...codes].join());
});

test("the small module refuses other algorithms, and says what to load", () => {
  const values = [token, keys, JSON.stringify({ ...options, algorithms: ["ES256", "RS256"] })];
  const { ok, code, message } = JSON.parse(textOf(small.call("verify_id_token", values)));
  assert.deepEqual([ok, code], [false, "options-invalid"]);
  assert.match(message, /load the whole module/);
  assert.equal(JSON.parse(textOf(whole.call("verify_id_token", values))).ok, true);
});

test("an ID token with ES256 needs the small module only; what is loaded already, or named, is used", async () => {
  const uses = (before: string, options = "options") =>
    run(`
      import { readFile } from "node:fs/promises";
      const made = [];
      const { Instance, instantiate } = WebAssembly;
      const note = (module) => made.push(WebAssembly.Module.exports(module).length > 6 ? "whole" : "small");
      WebAssembly.instantiate = async (module) => (note(module), instantiate(module));
      WebAssembly.Instance = class { constructor(module) { note(module); return new Instance(module); } };
      const file = (name) => readFile(new URL("dist/wasm/" + name + ".wasm", ${JSON.stringify(`file://${packageFolder}/`)}));
      const { init, initSync, verifyIdToken } = await import("honnin");
      ${before}
      await attempt(() => verifyIdToken("x", ${options}));
      print(made);
    `);
  assert.deepEqual(await uses(""), ["small"]);
  assert.deepEqual(await uses("", '{ ...options, algorithms: ["ES256"] }'), ["small"]);
  assert.deepEqual(await uses("", '{ ...options, algorithms: ["ES256", "RS256"] }'), ["whole"]);
  assert.deepEqual(await uses("await init();"), ["whole"]);
  assert.deepEqual(await uses("init();"), ["whole"]);
  // The small one was named, and so need not wait for the other, which is still being loaded.
  const both = 'const small = await file("id-token"); init(); initSync({ idToken: small });';
  assert.deepEqual(await uses(both), ["small"]);
  assert.deepEqual(await uses('await init({ only: "id-token" });'), ["small"]);
  assert.deepEqual(await uses('initSync({ module: await file("honnin") });'), ["whole"]);
  assert.deepEqual(await uses('initSync({ idToken: await file("id-token") });'), ["small"]);
  assert.deepEqual(
    await uses('initSync({ module: await file("honnin"), idToken: await file("id-token") });'),
    ["whole", "small"],
  );
});

test("the memory of results is given back", async () => {
  const verifier = new Verifier(new WebAssembly.Instance(await compile("honnin")));
  const buffers = new Set<number>();
  const { DataView: original } = globalThis;
  class Watched extends DataView<ArrayBufferLike> {
    constructor(buffer: ArrayBufferLike) {
      super(buffer);
      buffers.add(buffer.byteLength);
    }
  }
  Object.assign(globalThis, { DataView: Watched });
  try {
    for (let call = 0; call < 20_000; call++)
      verifier.call("inspect", ["{}", [new Uint8Array([0x30, 0x00])]]);
  } finally {
    Object.assign(globalThis, { DataView: original });
  }
  assert.equal(buffers.size, 1, [...buffers].join());
});

test("what Node unpacks is what the files of the modules are", async () => {
  const { integrity } = await import("../../dist/wasm/integrity.js" as string);
  for (const name of ["honnin", "id-token"]) {
    const bytes = await bytesOf(name);
    const { packed } = await import(`../../dist/wasm/packed/${name}.js` as string);
    const unpacked = Buffer.from(packed, "base64");
    assert.deepEqual(name === "honnin" ? brotliDecompressSync(unpacked) : unpacked, bytes);
    assert.equal(integrity[name], `sha384-${createHash("sha384").update(bytes).digest("base64")}`);
  }
});

test("honnin and honnin/slim in one program: the loader of honnin counts, in either order", async () => {
  for (const [first, second] of [
    ["honnin", "honnin/slim"],
    ["honnin/slim", "honnin"],
  ]) {
    const code = await run(`
      await import(${JSON.stringify(first)});
      await import(${JSON.stringify(second)});
      const { verifyIdToken } = await import(${JSON.stringify(first)});
      print(await attempt(() => verifyIdToken("x", options)));
    `);
    assert.equal(code, "token-malformed", first);
  }
});

test("init and initSync refuse what names no module, or the wrong one", async () => {
  const codes = await run(`
    import { readFile } from "node:fs/promises";
    import { init, initSync } from "honnin";
    const small = await readFile(${JSON.stringify(join(packageFolder, "dist/wasm/id-token.wasm"))});
    print([await attempt(() => init({ only: "all" })), await attempt(() => initSync({})),
      await attempt(() => initSync({ module: small })), await attempt(() => init({ module: small })),
      await attempt(() => initSync({ idToken: small }))]);
  `);
  const unreachable = "wasm-unreachable";
  assert.deepEqual(codes, ["options-invalid", "options-invalid", unreachable, unreachable, "ok"]);
});

test("the modules contain what they need and nothing else, in the recorded size", async () => {
  for (const [name, recorded] of [
    ["honnin", 131_713],
    ["id-token", 22_268],
  ] as const) {
    const bytes = await bytesOf(name);
    const size = brotliCompressSync(bytes).length;
    assert.ok(
      Math.abs(size / recorded - 1) < 0.03,
      `${name}: ${size} bytes in Brotli; recorded: ${recorded}`,
    );
    const module = new WebAssembly.Module(bytes);
    assert.deepEqual(WebAssembly.Module.imports(module), []);
  }
  const { exports } = new WebAssembly.Instance(await compile("id-token"));
  const functions = Object.keys(exports).filter((name) => typeof exports[name] === "function");
  assert.deepEqual(functions.sort(), ["allocate", "free", "verify_id_token"]);
  const text = (await bytesOf("id-token")).toString("latin1");
  // Nor names of source files and of formatting errors, which only panics and formatting machinery have.
  for (const stranger of [
    "src/",
    "index out of bounds",
    "formatting trait",
    "the certificate",
    "RSA modulus",
    "P-384",
    "PDF",
    "CRL",
  ]) {
    assert.ok(!text.includes(stranger), stranger);
  }
});
