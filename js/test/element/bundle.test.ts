// What a page loads for the element, and what importing it does where there are no elements.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import { packageFolder, run } from "../support/program.js";

async function bundle() {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: packageFolder,
    stdin: { contents: 'import "honnin/element"', resolveDir: packageFolder },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    charset: "utf8",
    outdir: "out",
    entryNames: "page",
  });
  const files = new Map(outputFiles.map(({ path, text }) => [path.split("/").at(-1) ?? "", text]));
  // Shared chunks count as well, if the page loads them at once.
  const importsOf = (name: string) => metafile.outputs[`out/${name}`]?.imports ?? [];
  const eager = new Set(["page.js"]);
  for (const name of eager) {
    for (const { path, kind } of importsOf(name))
      if (kind === "import-statement") eager.add(path.split("/").at(-1) ?? "");
  }
  const lazy = [...eager].flatMap(importsOf).filter(({ kind }) => kind === "dynamic-import").length;
  const texts = [...eager].map((name) => files.get(name) ?? "");
  return { texts, files, inputs: Object.keys(metafile.inputs), lazy };
}

const { texts, files, inputs, lazy } = await bundle();
const text = texts.join("\n");

test("the element takes at most 12 kB (Brotli); the encoder of QR codes and the warning in apps are apart", () => {
  const size = texts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0);
  assert.ok(size > 6_000 && size <= 12_000, `${size} bytes`);
  assert.equal(lazy, 2);
  // A word of uqr's own.
  assert.doesNotMatch(text, /Data too long|QrCode\b|openExternalBrowser/);
  const all = [...files.values()].join("\n");
  assert.ok(all.length > text.length + 5_000, "the encoder is in a file of its own");
});

test("the element parses no HTML, evaluates no text, and has nothing of WebAssembly or a server", () => {
  assert.match(text, /honnin-login/);
  for (const word of [
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser/,
    /\beval\b|new Function/,
    /webassembly|wasm/i,
    /\bprocess\b/,
    /\bBuffer\b/,
    /\.style\b|cssText|setAttribute\("style"/,
  ])
    assert.doesNotMatch(text, word);
});

test("the element is made of its own folder, launch, errors and uqr", () => {
  const foreign = inputs.filter(
    (path) =>
      !/^(<stdin>|dist\/element\/[a-z/-]+\.js|dist\/launch\/(browser-link|choose-launch|detect-in-app-browser|qr-modules)\.js|dist\/(error|secure-url)\.js)$/.test(
        path,
      ) && !/\/uqr\/dist\//.test(path),
  );
  assert.deepEqual(foreign, []);
});

test("on a server, the import does nothing and fails at nothing", async () => {
  const names = await run(`
    const before = Object.keys(globalThis);
    const element = await import("honnin/element");
    print([Object.keys(element), Object.keys(globalThis).filter((name) => !before.includes(name))]);
  `);
  assert.deepEqual(names, [[], []]);
});

test("a page that defined the names already keeps its own", async () => {
  const defined = await run(`
    const names = ["honnin-login"];
    globalThis.HTMLElement = class {};
    globalThis.customElements = { get: (name) => names.includes(name) || undefined, define: (name) => names.push(name) };
    await import("honnin/element");
    print(names);
  `);
  assert.deepEqual(defined, ["honnin-login", "honnin-sign"]);
});
