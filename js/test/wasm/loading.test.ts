import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { packageFolder, run } from "../support/program.ts";
import { serve } from "../support/server.ts";
import { clientId, issuer, jwkSet, makeKey, nonce, sign } from "../support/tokens.ts";
import {
  fakeModule,
  moduleOfAnotherForm,
  moduleWithoutMemory,
  moduleWithoutReports,
  startingMemories,
  startingModule,
  trappingModule,
} from "../support/trapping-module.ts";

const file = join(packageFolder, "dist/wasm/honnin.wasm");

for (const entry of ["honnin", "honnin/slim", "./dist/entries/browser.js"]) {
  test(`importing ${entry} does no work: no compiling, no fetch, no reading, no randomness`, async () => {
    const done = await run(`
      import fs from "node:fs/promises";
      import { syncBuiltinESMExports } from "node:module";
      const done = [];
      const watch = (object, name) => { object[name] = () => { done.push(name); throw new Error(name); }; };
      for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming", "Module", "Instance"])
        watch(WebAssembly, name);
      watch(globalThis, "fetch");
      watch(crypto, "getRandomValues");
      // Node reads the package's own files with it.
      const { readFile } = fs;
      fs.readFile = (path, ...rest) => (String(path).endsWith(".wasm") && done.push("readFile"), readFile(path, ...rest));
      syncBuiltinESMExports();
      await import(${JSON.stringify(entry)});
      print(done);
    `);
    assert.deepEqual(done, []);
  });
}

test("there is no top-level await: require works", async () => {
  const type = await run(`
    import { createRequire } from "node:module";
    const honnin = createRequire(process.cwd() + "/x.js")("honnin");
    print([typeof honnin.verifyIdToken, await attempt(() => honnin.verifyIdToken("x", options))]);
  `);
  assert.deepEqual(type, ["function", "token-malformed"]);
});

test("without WebAssembly: its own code with the remedy, and keys can still be made", async () => {
  const result = await run(`
    delete globalThis.WebAssembly;
    const { init, initSync, remoteKeys, verifyIdToken } = await import("honnin");
    const error = await verifyIdToken("x", options).catch((error) => error);
    print([error.code, error.message, await attempt(() => init()), await attempt(() => initSync({ module: new Uint8Array() })),
      typeof remoteKeys("https://op.example/certs").get]);
  `);
  const [code, message, ...others] = result as string[];
  assert.equal(code, "webassembly-unavailable");
  assert.match(message ?? "", /'wasm-unsafe-eval'.*Lockdown Mode/s);
  assert.deepEqual(others, ["webassembly-unavailable", "webassembly-unavailable", "function"]);
});

/** A verification where a policy forbids compiling, and the same once it is allowed. */
const forbiddenThenAllowed = (entry: string, error: string) => `
  const { verifyIdToken } = await import("${entry}");
  const { compile, Module } = WebAssembly;
  const forbidden = () => new ${error}("Refused to compile or instantiate WebAssembly module");
  WebAssembly.compile = async () => { throw forbidden(); };
  WebAssembly.Module = class { constructor() { throw forbidden(); } };
  const before = await attempt(() => verifyIdToken("x", options));
  Object.assign(WebAssembly, { compile, Module });
  print([before, await attempt(() => verifyIdToken("x", options))]);
`;

for (const error of ["WebAssembly.CompileError", "EvalError"]) {
  test(`where a policy forbids compiling (${error}): the same code; and it is tried anew once allowed`, async () => {
    const result = await run(forbiddenThenAllowed("honnin", error));
    assert.deepEqual(result, ["webassembly-unavailable", "token-malformed"]);
  });
}

test("where a policy forbids instances alone, as in WebKit: the same code", async () => {
  const result = await run(`
    const { verifyIdToken } = await import("honnin");
    const { instantiate, Instance } = WebAssembly;
    const forbidden = () => new WebAssembly.CompileError("Refused to create a WebAssembly object");
    WebAssembly.instantiate = async () => { throw forbidden(); };
    WebAssembly.Instance = class { constructor() { throw forbidden(); } };
    const before = await attempt(() => verifyIdToken("x", options));
    Object.assign(WebAssembly, { instantiate, Instance });
    print([before, await attempt(() => verifyIdToken("x", options))]);
  `);
  assert.deepEqual(result, ["webassembly-unavailable", "token-malformed"]);
});

// Of Node's architectures, only this one has processors without what vectors need.
const skip = process.arch !== "x64";
test("an engine without vector instructions: the same code for the whole module; ID tokens are verified", {
  skip,
}, async () => {
  const result = await run(
    `
    import { readFile } from "node:fs/promises";
    const { initSync, verifyCertificate, verifyIdToken } = await import("honnin");
    const bytes = await readFile(${JSON.stringify(file)});
    const certificate = () => verifyCertificate(new Uint8Array(1), { anchors: new Uint8Array(1), now: 0 });
    print([await attempt(certificate), await attempt(() => initSync({ module: bytes })),
      await attempt(() => verifyIdToken("x", options))]);
  `,
    [],
    ["--no-enable-sse4-1"],
  );
  assert.deepEqual(result, ["webassembly-unavailable", "webassembly-unavailable", "token-malformed"]);
});

test("an engine without vector instructions verifies ID tokens although the caller wants the whole module", {
  skip,
}, async () => {
  const result = await run(
    `
    import { readFile } from "node:fs/promises";
    const { init, verifyIdToken } = await import("honnin");
    const keys = { get: async () => '{"keys":[]}', refresh: async () => undefined };
    const verifying = [options, { ...options, keys }].map((options) => () => verifyIdToken("x", options));
    const bytes = await readFile(${JSON.stringify(file)});
    print([await attempt(() => init({ module: bytes })), ...(await Promise.all(verifying.map(attempt)))]);
  `,
    [],
    ["--no-enable-sse4-1"],
  );
  assert.deepEqual(result, ["webassembly-unavailable", "token-malformed", "token-malformed"]);
});

test("the input of init may be changed and given again after a failure", async () => {
  const result = await run(`
    import { init } from "honnin";
    const input = { url: "file:///nowhere/honnin.wasm" };
    const before = await attempt(() => init(input));
    input.url = ${JSON.stringify(new URL(`file://${file}`).href)};
    print([before, await attempt(() => init(input)), await attempt(() => init({ ...input }))]);
  `);
  assert.deepEqual(result, ["wasm-unreachable", "ok", "ok"]);
});

test("an error does not wait for the file with its reason, if that does not come either", {
  timeout: 30_000,
}, async () => {
  const result = await run(`
    import { register } from "node:module";
    const hooks = \`export const load = (url, context, next) =>
      url.endsWith("loading-problem.js") ? new Promise(() => {}) : next(url, context);\`;
    register("data:text/javascript," + encodeURIComponent(hooks));
    const { setTimeout } = globalThis;
    // No time passes for what waits less than the request itself.
    globalThis.setTimeout = (call, delay) => setTimeout(call, delay < 60_000 ? 0 : delay);
    globalThis.fetch = async () => { throw new TypeError("down"); };
    const { init } = await import("honnin");
    print(await attempt(() => init({ url: "http://127.0.0.1:9/honnin.wasm" })));
  `);
  assert.equal(result, "wasm-unreachable");
});

/** The file with the texts of what fails with a module cannot be loaded. */
const withoutTexts = `
  import { register } from "node:module";
  const hooks = \`export const load = (url, context, next) => {
    if (url.endsWith("failures.js")) throw new Error("gone");
    return next(url, context);
  };\`;
  register("data:text/javascript," + encodeURIComponent(hooks));
`;

test("without the file with its text, an error has its code", async () => {
  const result = await run(`
    ${withoutTexts}
    const { Slot } = await import("./dist/wasm/slot.js");
    const open = (bytes) => async () => WebAssembly.compile(new Uint8Array(bytes));
    const messages = new Set();
    const load = (opening) => attempt(() => new Slot("id-token", opening).load().catch((error) => {
      messages.add(error.message);
      throw error;
    }));
    const codes = [];
    codes.push(await load(open([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])));
    codes.push(await load(open(Array(20).fill(0))));
    codes.push(await load(() => { throw new RangeError("Out of memory"); }));
    const { Module } = WebAssembly;
    const forbidden = () => new WebAssembly.CompileError("Refused to compile or instantiate WebAssembly module");
    WebAssembly.Module = class { constructor() { throw forbidden(); } };
    codes.push(await load(() => { throw forbidden(); }));
    Object.assign(WebAssembly, { Module });
    const ask = async (bytes, token) => {
      const slot = new Slot("id-token", open(bytes));
      await slot.load();
      return attempt(() => slot.call("verify_id_token", [token, "{}", "{}"], 0));
    };
    codes.push(await ask(${JSON.stringify([...trappingModule])}, "12345"));
    codes.push(await ask(${JSON.stringify([...moduleWithoutMemory])}, "12345"));
    print([...messages, ...codes]);
  `);
  assert.deepEqual(result, [
    "The verifier cannot be used. Nothing was verified.",
    "wasm-unreachable",
    "wasm-unreachable",
    "webassembly-unavailable",
    "webassembly-unavailable",
    "internal-error",
    "webassembly-unavailable",
  ]);
});

test("without that file, a login that was not allowed to compile is tried anew once it is", async () => {
  // As in a bundle for logins, nothing else in this entry names that file.
  const entry = "./dist/entries/id-token-node.js";
  const result = await run(withoutTexts + forbiddenThenAllowed(entry, "WebAssembly.CompileError"));
  assert.deepEqual(result, ["webassembly-unavailable", "token-malformed"]);
});

test("where nothing is compiled at run time, a URL is refused at once, and another module has its code", async () => {
  const result = await run(`
    import { edgeLoader } from "./dist/wasm/edge.js";
    import { Slot } from "./dist/wasm/slot.js";
    const loader = edgeLoader("honnin", "id-token");
    const codes = [loader.load("id-token", {}), loader.load("honnin", {})];
    // Not a rejection.
    try { loader.load("id-token", { url: "https://site.example/x.wasm" }); } catch (error) { codes.push(error.code); }
    const module = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError("Code generation disallowed"); } };
    WebAssembly.Module.exports = () => [];
    codes.push(await attempt(() => new Slot("id-token", async () => module).load()));
    print(codes);
  `);
  assert.deepEqual(result, ["id-token", "honnin", "options-invalid", "wasm-unreachable"]);
});

test("a module that comes while the keys are fetched is enough", async () => {
  const small = join(packageFolder, "dist/wasm/id-token.wasm");
  const result = await run(`
    import { readFile } from "node:fs/promises";
    import { initSync, verifyIdToken } from "honnin/slim";
    const get = async () => {
      initSync({ idToken: await readFile(${JSON.stringify(small)}) });
      return '{"keys":[]}';
    };
    const keys = { get, refresh: async () => undefined };
    print(await attempt(() => verifyIdToken("x", { ...options, keys })));
  `);
  assert.equal(result, "token-malformed");
});

test("without memory for an instance, first or later: its code, and the next call tries again", async () => {
  const result = await run(`
    import { readFile } from "node:fs/promises";
    const { initSync, verifyCertificate, verifyIdToken } = await import("honnin");
    const { instantiate, Instance } = WebAssembly;
    const full = () => new RangeError("WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory");
    WebAssembly.instantiate = async () => { throw full(); };
    WebAssembly.Instance = class { constructor() { throw full(); } };
    const bytes = await readFile(${JSON.stringify(file)});
    const codes = [await attempt(() => verifyIdToken("x", options)), await attempt(() => initSync({ module: bytes }))];
    Object.assign(WebAssembly, { instantiate, Instance });
    initSync({ module: bytes });
    // After so much input, the next call makes a new instance. Each part is too short for an instance of its own.
    const anchors = Array(40).fill(new Uint8Array(1_000_000));
    const long = () => verifyCertificate(new Uint8Array(1), { anchors, now: 0 });
    codes.push(await attempt(long));
    WebAssembly.Instance = class { constructor() { throw full(); } };
    codes.push(await attempt(long));
    Object.assign(WebAssembly, { Instance });
    codes.push(await attempt(long));
    print(codes);
  `);
  assert.deepEqual(result, [
    "webassembly-unavailable",
    "webassembly-unavailable",
    "certificate-malformed",
    "webassembly-unavailable",
    "certificate-malformed",
  ]);
});

for (const [what, source] of [
  ["a compiled module", "{ module: await WebAssembly.compile(bytes) }"],
  ["bytes", "{ module: bytes }"],
  ["another URL", "{ url: good }"],
] as const)
  test(`${what} does not wait for an earlier source that fails`, async (t) => {
    const missing = await serveModule(t, [{ status: 404 }]);
    const good = await serveModule(t, [{}]);
    const result = await run(`
      import { readFile } from "node:fs/promises";
      import { init, verifyIdToken } from "honnin/slim";
      const bytes = await readFile(${JSON.stringify(file)});
      const good = ${JSON.stringify(good.url)};
      const source = ${source};
      const earlier = attempt(() => init({ url: ${JSON.stringify(missing.url)} }));
      const later = attempt(() => init(source));
      print([await later, await attempt(() => verifyIdToken("x", options)), await earlier]);
    `);
    const [later, verified, earlier] = result as string[];
    assert.deepEqual([later, verified], ["ok", "token-malformed"]);
    // If the earlier one fails first, it says so; if the module is there by then, there is nothing to say.
    assert.ok(earlier === "ok" || earlier === "wasm-unreachable", earlier);
  });

test("one URL, named by several callers at once, is fetched once", async (t) => {
  const { url, requests } = await serveModule(t, [{}]);
  const result = await run(`
    import { init } from "honnin/slim";
    const one = () => attempt(() => init({ url: new URL(${JSON.stringify(url)}) }));
    print(await Promise.all([one(), one(), attempt(() => init({ url: ${JSON.stringify(url)} }))]));
  `);
  assert.deepEqual(result, ["ok", "ok", "ok"]);
  assert.equal(requests(), 1);
});

test("inputs that get longer and longer do not leave memory behind", async () => {
  const most = await run(`
    import { readHolder } from "honnin";
    const memories = [];
    const { instantiate, Instance } = WebAssembly;
    const keep = (instance) => (memories.push(new WeakRef(instance.exports.memory)), instance);
    WebAssembly.instantiate = async (...args) => keep(await instantiate(...args));
    WebAssembly.Instance = class { constructor(module) { return keep(new Instance(module)); } };
    let most = 0;
    for (let length = 65_536; length < 16_777_216; length += 262_144) {
      await attempt(() => readHolder(new Uint8Array(length)));
      most = Math.max(most, memories.at(-1).deref()?.buffer.byteLength ?? 0);
    }
    print(most);
  `);
  // What there may be before it is replaced, and one more input.
  assert.ok((most as number) < 33_554_432 + 2 * 16_777_216, String(most));
});

test("what a large input takes beside its bytes does not add up", async () => {
  const most = await run(`
    import { init, readHolder } from "honnin";
    await init();
    const memories = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class {
      constructor(module) {
        const instance = new Instance(module);
        memories.push(instance.exports.memory);
        return instance;
      }
    };
    await attempt(() => readHolder(new Uint8Array(16_777_216)));
    for (let length = 1_500_000; length < 12_000_000; length = Math.floor(length * 1.1)) {
      const body = "A".repeat(length);
      await attempt(() => readHolder("-----BEGIN CERTIFICATE-----\\n" + body + "\\n-----END CERTIFICATE-----"));
    }
    print(Math.max(...memories.map(({ buffer }) => buffer.byteLength)));
  `);
  // The room, what there may be beside it, and one more text.
  assert.ok((most as number) < 16_777_216 + 33_554_432 + 12_000_000, String(most));
});

test("large inputs, whether answered or refused earlier, leave at most one memory behind", async () => {
  const left = await run(
    `
      import { init, readHolder } from "honnin";
      await init();
      const memories = [];
      const { Instance } = WebAssembly;
      WebAssembly.Instance = class {
        constructor(module) {
          const instance = new Instance(module);
          memories.push(new WeakRef(instance.exports.memory));
          return instance;
        }
      };
      const endings = new Set();
      for (let round = 0; round < 10; round++) {
        const bytes = new Uint8Array(2_000_000 + round);
        const calls = [{}, { limits: { inputBytes: new Date() } }, { unknown: new Date() }].map((options) =>
          attempt(() => readHolder(bytes, options)),
        );
        for (const ending of await Promise.all(calls)) endings.add(ending);
      }
      const made = memories.length;
      await new Promise((resolve) => setTimeout(resolve, 10));
      gc();
      print([[...endings].sort(), made >= 10, memories.filter((one) => one.deref()).length <= 1]);
    `,
    [],
    ["--expose-gc"],
  );
  assert.deepEqual(left, [["certificate-malformed", "options-invalid"], true, true]);
});

test("an input for which there is no memory: its code, and the next call works", async () => {
  const result = await run(
    `
      import { verifyCertificate } from "honnin";
      const call = (length) => verifyCertificate(new Uint8Array(length), { anchors: new Uint8Array(1), now: 0 });
      print([await attempt(() => call(30_000_000)), await attempt(() => call(1_000))]);
    `,
    [],
    ["--wasm-max-mem-pages=200"],
  );
  assert.deepEqual(result, ["webassembly-unavailable", "certificate-malformed"]);
});

test("slim: says what to call, and works once that was done", async () => {
  const result = await run(`
    import { readFile } from "node:fs/promises";
    import { init, initSync, verifyIdToken } from "honnin/slim";
    const codes = [await attempt(() => verifyIdToken("x", options)), await attempt(() => init())];
    codes.push(await attempt(() => initSync({ module: new Uint8Array([1, 2, 3]) })));
    initSync({ module: new WebAssembly.Module(await readFile(${JSON.stringify(file)})) });
    initSync({ module: new Uint8Array() });
    await init({ url: "https://nowhere.invalid/" });
    codes.push(await attempt(() => verifyIdToken("x", options)));
    print(codes);
  `);
  assert.deepEqual(result, ["wasm-unreachable", "wasm-unreachable", "wasm-unreachable", "token-malformed"]);
});

for (const [what, expression] of [
  ["a compiled module", "await WebAssembly.compile(bytes)"],
  ["bytes", "bytes"],
  ["an ArrayBuffer", "bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)"],
]) {
  test(`init takes ${what}`, async () => {
    const code = await run(`
      import { readFile } from "node:fs/promises";
      import { init, verifyIdToken } from "honnin/slim";
      const bytes = await readFile(${JSON.stringify(file)});
      await init({ module: ${expression} });
      print(await attempt(() => verifyIdToken("x", options)));
    `);
    assert.equal(code, "token-malformed");
  });
}

test("another module is refused, not run", async () => {
  for (const bytes of [[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], startingModule, startingMemories]) {
    const module = `new Uint8Array(${JSON.stringify(bytes)})`;
    const result = await run(`
      import { init, initSync, verifyIdToken } from "honnin/slim";
      const refused = [];
      const refuse = async (work) => {
        try { await work(); } catch ({ code, cause }) { refused.push([code, cause.name]); }
      };
      await refuse(() => init({ module: ${module} }));
      await refuse(() => verifyIdToken("x", options));
      await refuse(() => initSync({ module: ${module} }));
      print(refused);
    `);
    // All but the first one trap when they are run: a RuntimeError.
    assert.deepEqual(result, Array(3).fill(["wasm-unreachable", "TypeError"]));
  }
});

/** Serves the module in one way after the other, and counts. */
async function serveModule(t: TestContext, answers: { status?: number; type?: string; body?: Uint8Array }[]) {
  const bytes = await readFile(file);
  let requests = 0;
  const origin = await serve(t, (_, response) => {
    const {
      status = 200,
      type = "application/wasm",
      body = bytes,
    } = answers[Math.min(requests++, answers.length - 1)] ?? {};
    response.writeHead(status, { "content-type": type }).end(body);
  });
  return { url: `${origin}/honnin.wasm`, requests: () => requests };
}

const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

for (const [what, answer, code] of [
  ["as application/wasm: streamed", {}, "ok"],
  ["as another media type: read whole", { type: "application/octet-stream" }, "ok"],
  [
    "as a page, by a server that answers everything",
    { type: "text/html; charset=utf-8" },
    "wasm-unreachable",
  ],
  ["not at all", { status: 404 }, "wasm-unreachable"],
  ["of another hash", { body: empty }, "wasm-unreachable"],
] as const) {
  test(`the module served ${what}: ${code}`, async (t) => {
    const { url, requests } = await serveModule(t, [answer]);
    for (const entry of ["honnin", "honnin/slim", "./dist/entries/browser.js"]) {
      const actual = await run(`
        import { init } from ${JSON.stringify(entry)};
        print(await attempt(() => init({ url: ${JSON.stringify(url)} })));
      `);
      assert.equal(actual, code, entry);
    }
    // Why a hash is wrong takes another request.
    assert.equal(requests(), "body" in answer ? 6 : 3);
  });
}

test("a file that is missing says how the server answered", async (t) => {
  const answers = [
    { status: 404, type: "text/plain", body: empty },
    { type: "text/html", body: empty },
    { body: empty },
  ];
  for (const integrity of [undefined, null]) {
    // Each is asked for twice if its hash is wrong.
    const twice = answers.flatMap((answer) => (integrity === null ? [answer] : [answer, answer]));
    const { url } = await serveModule(t, twice);
    const messages = await run(`
      import { init } from "honnin/slim";
      const input = { url: ${JSON.stringify(url)}, integrity: ${integrity} };
      const message = () => init(input).catch(({ message }) => message);
      print([await message(), await message(), await message()]);
    `);
    const [missing, page, other] = messages as string[];
    assert.match(missing ?? "", /its URL returned status 404 and the media type text\/plain/);
    assert.match(page ?? "", /its URL returned status 200 and the media type text\/html/);
    if (integrity === undefined)
      assert.match(other ?? "", /does not have the hash of this version.*status 200 .*application\/wasm/);
  }
});

test("each module has a hash of its own", async (t) => {
  const small = await readFile(join(packageFolder, "dist/wasm/id-token.wasm"));
  const { url } = await serveModule(t, [{ body: small }, { body: small }, {}, {}, { body: small }]);
  const codes = await run(`
    import { init } from "honnin/slim";
    const input = { url: ${JSON.stringify(url)} };
    const code = async (more) => attempt(() => init({ ...input, ...more }));
    print([await code({}), await code({ only: "id-token" }), await code({ only: "id-token" })]);
  `);
  assert.deepEqual(codes, ["wasm-unreachable", "wasm-unreachable", "ok"]);
});

test("another hash can be named, or none", async (t) => {
  const { url } = await serveModule(t, [{}]);
  const program = (integrity: unknown) => `
    import { init } from "honnin/slim";
    print(await attempt(() => init({ url: ${JSON.stringify(url)}, integrity: ${JSON.stringify(integrity)} })));
  `;
  const wrong = `sha384-${Buffer.alloc(48).toString("base64")}`;
  assert.equal(await run(program(wrong)), "wasm-unreachable");
  assert.equal(await run(program(null)), "ok");
});

test("a hash that platforms would pass over unread is refused", async (t) => {
  const { url, requests } = await serveModule(t, [{}]);
  for (const integrity of ["", "x", "md5-AAAA", "sha384 AAAA", "sha384-", "sha384-A-_A", 5]) {
    const result = await run(`
      import { init } from "honnin/slim";
      print(await attempt(() => init({ url: ${JSON.stringify(url)}, integrity: ${JSON.stringify(integrity)} })));
    `);
    assert.equal(result, "options-invalid", JSON.stringify(integrity));
  }
  assert.equal(requests(), 0);
});

test("without a hash to compare, another module is still refused", async (t) => {
  const { url } = await serveModule(t, [{ body: empty }, { body: Uint8Array.of(1, 2, 3) }]);
  const result = await run(`
    import { init } from "honnin/slim";
    const input = { url: ${JSON.stringify(url)}, integrity: null };
    print([await attempt(() => init(input)), await attempt(() => init(input))]);
  `);
  assert.deepEqual(result, ["wasm-unreachable", "wasm-unreachable"]);
});

test("the module is fetched once by however many callers; a failure is not remembered, its address is", async (t) => {
  const { url, requests } = await serveModule(t, [{ status: 503 }, {}]);
  const result = await run(`
    import { init, verifyIdToken } from "./dist/entries/browser.js";
    const all = () => Promise.all(Array.from({ length: 50 }, () => attempt(() => verifyIdToken("x", options))));
    const codes = [await attempt(() => init({ url: ${JSON.stringify(url)} }))];
    codes.push(...new Set(await all()), ...new Set(await all()));
    print(codes);
  `);
  assert.deepEqual(result, ["wasm-unreachable", "token-malformed", "token-malformed"]);
  assert.equal(requests(), 2);
});

for (const [keys, code] of [
  ['throw new Error("down")', "keys-unreachable"],
  ["return options.keys", "wasm-unreachable"],
]) {
  test(`the module is fetched while the keys are; it fails, and the keys do this: ${keys}`, async (t) => {
    const { url, requests } = await serveModule(t, [{ status: 503 }]);
    const result = await run(`
      import { init, verifyIdToken } from "./dist/entries/browser.js";
      const named = await attempt(() => init({ only: "id-token", url: ${JSON.stringify(url)} }));
      const { fetch } = globalThis;
      let goOn;
      const asked = new Promise((resolve) => { goOn = resolve; });
      globalThis.fetch = (...given) => { goOn(); return fetch(...given); };
      const keys = { get: async () => { await asked; ${keys}; }, refresh: async () => undefined };
      print([named, await attempt(() => verifyIdToken("x", { ...options, keys }))]);
    `);
    assert.deepEqual(result, ["wasm-unreachable", code]);
    assert.equal(requests(), 4);
  });
}

test("the entry of browsers outside of one, as in jsdom: importing works, and the message says where to run the test", async () => {
  const result = await run(`
    delete globalThis.TextEncoder;
    delete globalThis.TextDecoder;
    const { verifyIdToken } = await import("./dist/entries/browser.js");
    const error = await verifyIdToken("x", options).catch((error) => error);
    print([error.code, error.message]);
  `);
  const [code, message] = result as string[];
  assert.equal(code, "wasm-unreachable");
  assert.match(message ?? "", /@jest-environment node/);
});

test("Node: no file of a module is needed", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const moved = join(folder, "dist");
  await cp(join(packageFolder, "dist"), moved, { recursive: true });
  await cp(join(packageFolder, "package.json"), join(folder, "package.json"));
  for (const name of ["honnin", "id-token"]) await rm(join(moved, `wasm/${name}.wasm`));
  const result = await run(`
    const { init, verifyIdToken } = await import(${JSON.stringify(join(moved, "entries/node.js"))});
    print([await attempt(() => verifyIdToken("x", options)), await attempt(() => init())]);
  `);
  assert.deepEqual(result, ["token-malformed", "ok"]);
});

test("Node: a part that was not deployed has a code", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(join(packageFolder, "dist"), join(folder, "dist"), { recursive: true });
  await cp(join(packageFolder, "package.json"), join(folder, "package.json"));
  await rm(join(folder, "dist/wasm/packed/honnin.js"));
  const result = await run(`
    const { init, verifyIdToken } = await import(${JSON.stringify(join(folder, "dist/entries/node.js"))});
    print([await attempt(() => verifyIdToken("x", options)), await attempt(() => init())]);
  `);
  assert.deepEqual(result, ["token-malformed", "wasm-unreachable"]);
});

test("a module that was compiled in another realm is taken", async () => {
  const result = await run(`
    import { readFile } from "node:fs/promises";
    import { runInNewContext } from "node:vm";
    import { initSync, verifyIdToken } from "honnin/slim";
    const bytes = await readFile(${JSON.stringify(file)});
    const module = runInNewContext("new WebAssembly.Module(bytes)", { bytes });
    print([module instanceof WebAssembly.Module, await attempt(() => initSync({ module })),
      await attempt(() => verifyIdToken("x", options))]);
  `);
  assert.deepEqual(result, [false, "ok", "token-malformed"]);
});

test("Node: a file can be named by its URL", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await symlink(file, join(folder, "other.wasm"));
  const result = await run(`
    import { pathToFileURL } from "node:url";
    import { init } from "honnin";
    const at = (name) => init({ url: pathToFileURL(${JSON.stringify(folder)} + "/" + name) });
    print([await attempt(() => init({ url: "./other.wasm" })), await attempt(() => at("none.wasm")),
      await attempt(() => at("other.wasm"))]);
  `);
  assert.deepEqual(result, ["options-invalid", "wasm-unreachable", "ok"]);
});

const codesOf = (module: Uint8Array) =>
  run(`
    import { initSync, verifyCertificate, verifyIdToken } from "honnin/slim";
    const module = Uint8Array.from(${JSON.stringify([...module])});
    print([
      await attempt(() => initSync({ module })),
      await attempt(() => verifyIdToken("good", options)),
      await attempt(() => verifyCertificate(new Uint8Array(1), { anchors: new Uint8Array(1), now: 0 })),
    ]);
  `);

test("a module of another version, whose functions take other parameters, is refused", async () => {
  const refused = ["wasm-unreachable", "wasm-unreachable", "wasm-unreachable"];
  assert.deepEqual(await codesOf(fakeModule({ tokenParameters: 4 })), refused);
  assert.deepEqual(await codesOf(fakeModule({ certificateParameters: 3 })), refused);
});

test("a module of another version, whose answers are of another form, is internal-error", async () => {
  assert.deepEqual(await codesOf(moduleOfAnotherForm), ["ok", "token-malformed", "internal-error"]);
});

test("a report that the verifier cannot make is internal-error, not that of a refusal", async () => {
  const result = await run(`
    import { initSync, verifyIdToken } from "honnin/slim";
    initSync({ module: Uint8Array.from(${JSON.stringify([...moduleWithoutReports])}) });
    const verified = await verifyIdToken("good", options);
    print([verified.claims, await attempt(() => verified.report), await attempt(() => verified.report)]);
  `);
  assert.deepEqual(result, [{}, "internal-error", "internal-error"]);
});

test("the report can be read after the instance was replaced, and once there is memory for another", async () => {
  const key = await makeKey("1");
  const now = 1_800_000_000;
  const token = await sign(key, now);
  const result = await run(
    `
    import { readFileSync } from "node:fs";
    import { initSync, verifyCertificate, verifyIdToken } from "honnin";
    initSync({ module: readFileSync("dist/wasm/honnin.wasm") });
    const [token, given] = process.argv.slice(1);
    const verified = await verifyIdToken(token, JSON.parse(given));
    // More memory than an instance keeps.
    await attempt(() => verifyCertificate(new Uint8Array(1), { anchors: Array(40).fill(new Uint8Array(1_000_000)), now: 0 }));
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class { constructor() { throw new RangeError("no memory"); } };
    const before = await attempt(() => verified.report);
    WebAssembly.Instance = Instance;
    print([before, verified.report.steps.map(({ status }) => status).filter((status) => status === "failed").length, verified.report.steps.length]);
  `,
    [token, JSON.stringify({ issuer, clientId, nonce, now, keys: jwkSet(key) })],
  );
  assert.deepEqual(result, ["internal-error", 0, 22]);
});

test("once its report was read, a result keeps nothing of the options", async () => {
  const key = await makeKey("1");
  const now = 1_800_000_000;
  const token = await sign(key, now);
  const kept = await run(
    `
    import { getHeapSnapshot } from "node:v8";
    import { verifyIdToken } from "honnin";
    const [token, given] = process.argv.slice(1);
    // No constant of the program, which would be kept anyway.
    const mark = () => ["a", "d", "e", "c", "n", "i", "o", "n"].reverse().map((letter) => letter.repeat(3)).join("-");
    const verify = () => verifyIdToken(token, { ...JSON.parse(given), trustedAudiences: [mark()] });
    const holds = async () => {
      globalThis.gc();
      let text = "";
      for await (const part of getHeapSnapshot()) text += part;
      return text.includes(mark());
    };
    const verified = await verify();
    const before = await holds();
    verified.report;
    print([before, await holds(), verified.claims.sub]);
  `,
    [token, JSON.stringify({ issuer, clientId, nonce, now, keys: jwkSet(key) })],
    ["--expose-gc"],
  );
  assert.deepEqual(kept, [true, false, "person"]);
});

test("a trap is internal-error, and the instance that trapped is never used again", async () => {
  const result = await run(`
    import { initSync, verifyIdToken } from "honnin/slim";
    initSync({ module: Uint8Array.from(${JSON.stringify([...trappingModule])}) });
    const codes = [];
    for (const token of ["good", "traps", "good", "traps", "traps", "good"])
      codes.push(await attempt(() => verifyIdToken(token, options)));
    print(codes);
  `);
  const [good, trap] = ["token-malformed", "internal-error"];
  assert.deepEqual(result, [good, trap, good, trap, trap, good]);
});
