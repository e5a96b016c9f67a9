// What a login costs in a bundle: its size, and what must not be in it.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import { memoryStore, type RelyingParty, type RelyingPartyOptions } from "../../src/relying-party/index.js";
import { packageFolder } from "../support/program.js";
import { Browser, codeOf } from "./browser.js";
import { site, useWorld } from "./setup.js";
import { signingOptions } from "./signing/site.js";

const world = await useWorld();

type FunctionName = "relyingParty" | "relyingPartyForLogins";

interface Chunk {
  readonly name: string;
  readonly contents: Uint8Array;
  readonly text: string;
  /** The files in it, below `dist` or `node_modules`. */
  readonly inputs: readonly string[];
}

interface Bundle {
  /** The program, and what it imports statically: all that a login without an error loads. */
  readonly start: readonly Chunk[];
  /** What it imports when a request needs it. */
  readonly later: readonly Chunk[];
}

function bundle(name: FunctionName, splitting: boolean, condition = "workerd"): Promise<Bundle> {
  return bundleOf(`export { ${name} as create } from "honnin/relying-party"`, splitting, condition);
}

async function bundleOf(contents: string, splitting: boolean, condition: string): Promise<Bundle> {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: packageFolder,
    stdin: {
      contents,
      resolveDir: packageFolder,
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    splitting,
    outdir: "out",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: [condition],
    external: ["*.wasm", "node:*"],
    // Otherwise, Japanese takes six bytes for each character, and no test would find it.
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  });
  const { outputs } = metafile;
  const started = new Set<string>();
  const visit = (path: string) => {
    if (started.has(path)) return;
    started.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === "import-statement" && outputs[next] !== undefined) visit(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === "<stdin>") visit(path);
  const chunks = Object.entries(outputs).map(([path, { inputs }]) => {
    const file = outputFiles.find((one) => basename(one.path) === basename(path));
    assert.ok(file);
    const names = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return {
      isStart: started.has(path),
      name: basename(path),
      contents: file.contents,
      text: file.text,
      inputs: names.map(([input]) => input.replace(/^.*?(?:dist|node_modules)\//, "")),
    };
  });
  return {
    start: chunks.filter(({ isStart }) => isStart),
    later: chunks.filter(({ isStart }) => !isStart),
  };
}

const sizeOf = (chunks: readonly Chunk[]) =>
  chunks.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0);
const inputsOf = (chunks: readonly Chunk[]) => chunks.flatMap(({ inputs }) => inputs);

for (const [name, whenSplit, inOneFile] of [
  ["relyingParty", 23_947, 64_980],
  ["relyingPartyForLogins", 20_950, 41_166],
] as const) {
  test(`${name} has the recorded size in Brotli: what a login loads, and a bundle in one file`, async () => {
    for (const [splitting, recorded] of [
      [true, whenSplit],
      [false, inOneFile],
    ] as const) {
      const size = sizeOf((await bundle(name, splitting)).start);
      assert.ok(Math.abs(size / recorded - 1) < 0.03, `${size} bytes; recorded: ${recorded}`);
    }
  });
}

test("in a browser, the verification of ID tokens is one file", async () => {
  const contents = 'export { remoteKeys, verifyIdToken } from "honnin"';
  const { start } = await bundleOf(contents, true, "browser");
  assert.equal(start.length, 1, inputsOf(start).join(" "));
});

test("what a login loads is one file beside the entry: what is loaded later shares all of it, or nothing", async () => {
  const { start } = await bundle("relyingPartyForLogins", true);
  assert.equal(start.length, 2, start.map(({ inputs }) => inputs.join(" ")).join("\n"));
});

/** Files that only signatures need, and pages. */
const ofSignatures =
  /^(certificates|documents|signed-package|jose)\/|^verifier\/(call|evidence|pack-options|parts)\.js|^relying-party\/signing\/(?!(load-wing|not-found)\.js)/;
const ofSignatureApi =
  /^relying-party\/signature-api\/(?!(algorithms|decryption-keys|encoding|method|names|retries)\.js)/;
const ofHandoffs = /^relying-party\/handoff\/(?!load-wing\.js)/;
const ofPages = /^relying-party\/page\/(?!signing-texts\.js)|^error-codes\.js/;

test("what a login loads has no code for signatures or handoffs, no page and no text of one", async () => {
  for (const name of ["relyingParty", "relyingPartyForLogins"] as const) {
    const { start } = await bundle(name, true);
    const inputs = inputsOf(start);
    assert.ok(inputs.includes("relying-party/login/session.js"));
    const bled = [ofSignatures, ofSignatureApi, ofHandoffs, ofPages].flatMap((kind) =>
      inputs.filter((path) => kind.test(path)),
    );
    assert.deepEqual(bled, [], name);
    for (const { text } of start) {
      assert.doesNotMatch(text, /[぀-ヿ一-鿿]/);
      assert.doesNotMatch(text, /<!doctype|Log in again|choose “Resume”|RSA-OAEP-256.*compactDecrypt/);
    }
  }
});

test("relyingPartyForLogins has nothing of signatures, in one file either", async () => {
  for (const splitting of [true, false]) {
    const inputs = inputsOf((await bundle("relyingPartyForLogins", splitting)).start);
    // The code of a callback whose cookie is from a time when the site had signatures.
    const allowed = "relying-party/signing/not-found.js";
    const bled = inputs.filter((path) => path !== allowed && /sign(ing|ature)|jose|certificate/.test(path));
    assert.deepEqual(bled, []);
  }
});

test("each text is in a chunk of its own language", async () => {
  const { later } = await bundle("relyingParty", true);
  const ofErrors = ["ja", "en", "signing-ja", "signing-en", "handoff-ja", "handoff-en"];
  for (const file of [
    ...ofErrors.map((name) => `page/texts/${name}`),
    "handoff/texts/ja",
    "handoff/texts/en",
  ]) {
    const path = `relying-party/${file}.js`;
    const chunks = later.filter(({ inputs }) => inputs.includes(path));
    assert.deepEqual(
      chunks.map(({ inputs }) => inputs),
      [[path]],
    );
    const isJapanese = /[぀-ヿ]/.test(chunks[0]?.text ?? "");
    assert.equal(isJapanese, file.endsWith("ja"), file);
  }
});

/** Runs the bundle with these chunks only; the others cannot be imported. */
async function runWithout(
  name: FunctionName,
  isMissing: (chunk: Chunk) => boolean,
  use: (create: (options: RelyingPartyOptions) => RelyingParty) => Promise<void>,
): Promise<void> {
  const { start, later } = await bundle(name, true, "node");
  const folder = await mkdtemp(join(tmpdir(), "honnin-bundle-"));
  try {
    const kept = [...start, ...later.filter((chunk) => !isMissing(chunk))];
    for (const chunk of kept) await writeFile(join(folder, chunk.name), chunk.contents);
    const entry = start.find(({ text }) => /as create\b/.test(text))?.name ?? assert.fail();
    const { create } = (await import(pathToFileURL(join(folder, entry)).href)) as {
      create: (options: RelyingPartyOptions) => RelyingParty;
    };
    await use(create);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("redirect, callback and session need no other chunk; an error without its page is still a response", async () => {
  for (const name of ["relyingParty", "relyingPartyForLogins"] as const) {
    await runWithout(
      name,
      () => true,
      async (create) => {
        // A login that is not handed over needs nothing of handoffs, even if the site offers them.
        const told: string[] = [];
        const onError = ({ code }: Error & { code: string }) => void told.push(code);
        const options = { scope: "openid name", handoff: true, store: memoryStore(), onError } as const;
        const party = create(world.options(options));
        const browser = new Browser(party);
        const done = await browser.send(await world.begin(browser, "?return_to=/account"));
        assert.equal(done.status, 303);
        assert.equal(done.headers.get("location"), `${site}/account`);
        const request = new Request(`${site}/me`, { headers: { cookie: browser.cookieHeader } });
        assert.equal(typeof (await party.session(request))?.id, "string");
        const lost = await browser.send(`${site}/auth/nowhere`);
        assert.equal(lost.status, 500);
        assert.equal(lost.headers.get("cache-control"), "no-store");
        // Of the missing file, which hides what was wrong with the request.
        assert.deepEqual(told, ["internal-error"]);
      },
    );
  }
});

test("without the file that tells of requests, a login is the same", async () => {
  await runWithout(
    "relyingPartyForLogins",
    ({ inputs }) => inputs.includes("relying-party/events.js"),
    async (create) => {
      const onEvent = () => assert.fail("told");
      const browser = new Browser(create(world.options({ onEvent })));
      assert.equal((await browser.send(await world.begin(browser))).status, 303);
    },
  );
});

test("without the file with its text, an error has its code, its status and its page", async () => {
  await runWithout(
    "relyingPartyForLogins",
    ({ inputs }) => inputs.includes("relying-party/problem-texts.js"),
    async (create) => {
      const messages: string[] = [];
      const onError = ({ message }: Error) => void messages.push(message);
      const browser = new Browser(create(world.options({ onError })));
      const page = await browser.send(`${site}/auth/callback?state=x`);
      assert.equal(page.status, 400);
      assert.equal(await codeOf(page), "login-cookie-missing");
      assert.deepEqual(messages, ["The text of this error could not be loaded: no-cookie."]);
    },
  );
});

test("importing the package imports no jose", async () => {
  const { metafile } = await esbuild.build({
    entryPoints: [join(packageFolder, "dist/relying-party/index.js")],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: "out",
    format: "esm",
    platform: "node",
    external: ["jose"],
  });
  const importsOf = ([, { imports }]: [string, { imports: { path: string }[] }]) =>
    imports.some(({ path }) => path === "jose");
  const importers = Object.entries(metafile.outputs).filter(importsOf);
  assert.deepEqual(
    importers.map(([, { entryPoint }]) => basename(entryPoint ?? "")),
    ["jose.js"],
  );
});

test("without jose, which a signature would need later, a login fails before its code is used", async () => {
  const isJose = ({ inputs }: Chunk) => inputs.every((path) => path.startsWith("jose/"));
  await runWithout("relyingParty", isJose, async (create) => {
    const signing = signingOptions({ onSigned: () => undefined });
    const browser = new Browser(create(world.options({ signing, store: memoryStore() })));
    const back = await world.begin(browser);
    const requests = world.provider.tokenRequests.length;
    assert.equal((await browser.send(back)).status, 500);
    assert.equal(world.provider.tokenRequests.length, requests);
  });
});

test("a page in Japanese needs no English text, and no text of signatures", async () => {
  await runWithout(
    "relyingParty",
    ({ inputs }) =>
      inputs.some((path) => /texts\/(en|signing-.*|handoff-.*)\.js|(signing|handoff)\/wing\.js/.test(path)),
    async (create) => {
      const browser = new Browser(create(world.options()));
      const page = await browser.send(`${site}/auth/callback?state=x&lang=ja`, {
        headers: { "accept-language": "ja" },
      });
      assert.equal(page.status, 400);
      assert.equal(page.headers.get("content-language"), "ja");
      assert.equal(await codeOf(page), "login-cookie-missing");
      const inEnglish = await browser.send(`${site}/auth/callback?state=x`, {
        headers: { "accept-language": "en" },
      });
      assert.equal(inEnglish.status, 500);
    },
  );
});

test("relyingPartyForLogins refuses signing, and shows the site's page for an error of a signature", async () => {
  const { HonninError, relyingPartyForLogins } = await import("../../src/relying-party/index.js");
  const signing = {} as NonNullable<RelyingPartyOptions["signing"]>;
  assert.throws(() => relyingPartyForLogins(world.options({ signing })), {
    code: "options-invalid",
    message: /^signing must not be set for relyingPartyForLogins/,
  });
  const onLogin = () => {
    throw new HonninError("signature-pin-locked", "");
  };
  const party = relyingPartyForLogins(world.options({ onLogin }));
  assert.deepEqual(Object.keys(party.paths), ["login", "callback", "logout"]);
  const browser = new Browser(party);
  const page = await browser.send(await world.begin(browser));
  assert.equal(page.status, 403);
  assert.equal(await codeOf(page), "signature-pin-locked");
});
