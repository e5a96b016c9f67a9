// The recipes of the package's README for bundlers: each bundle runs in Chromium, and in Node what is for a server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { serveStatic } from "../support/static-server.ts";
import { packedProject } from "./packed.ts";
import { importTool, withoutTools } from "./tools.ts";

const project = packedProject();
let browser: Browser;

before(async () => {
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  project.remove();
});

const work = `
  const options = { issuer: "https://op.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const codeOf = (promise) => promise.then(() => "ok", ({ code }) => code);
  const codes = async () => [await codeOf(verifyIdToken("x", options)), await codeOf(inspect(new Uint8Array(3)))].join();
`;
const show = `document.title = codes;`;
const html = (script: string) =>
  `<!doctype html><title>none</title><script type="module" src="${script}"></script>`;
const expected = "token-malformed,format-unknown";

/** Writes the files of an application, in a folder of its own within the project. */
function application(name: string, main: string): string {
  const folder = join(project.folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), html("/main.js"));
  writeFileSync(join(folder, "main.js"), main);
  return folder;
}

const plain = `import { inspect, verifyIdToken } from "honnin"; ${work}
  codes().then((codes) => { ${show} });`;

async function titleOf(url: string): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== "none", undefined, { timeout: 60_000 });
    return await page.title();
  } finally {
    await page.close();
  }
}

/** Serves a folder with bundles and a page for one of them. */
async function titleOfBundle(folder: string, script: string): Promise<string> {
  writeFileSync(join(folder, "page.html"), html(script));
  const server = await serveStatic({ app: folder });
  try {
    return await titleOf(`${server.origin}/app/page.html`);
  } finally {
    await server.close();
  }
}

for (const version of ["5", "6", "7"]) {
  const common = (root: string) => ({
    ...{ configFile: false, root, logLevel: "error", cacheDir: join(root, "cache") },
    ...{ server: { host: "127.0.0.1", port: 0 }, preview: { host: "127.0.0.1", port: 0 } },
  });

  test(`Vite ${version}: development, with the recipe`, { skip: withoutTools }, async () => {
    const vite = await importTool(`vite-${version}`, join("dist", "node", "index.js"));
    const folder = application(`vite-${version}-dev`, plain);
    const server = await vite.createServer({ ...common(folder), optimizeDeps: { exclude: ["honnin"] } });
    try {
      await server.listen();
      assert.equal(await titleOf(server.resolvedUrls.local[0]), expected);
    } finally {
      await server.close();
    }
  });

  test(`Vite ${version}: a build`, { skip: withoutTools }, async () => {
    const vite = await importTool(`vite-${version}`, join("dist", "node", "index.js"));
    const folder = application(`vite-${version}-build`, plain);
    await vite.build(common(folder));
    const server = await vite.preview(common(folder));
    try {
      assert.equal(await titleOf(server.resolvedUrls.local[0]), expected);
    } finally {
      await server.close?.();
      server.httpServer.closeAllConnections();
    }
  });
}

test("Vite without the recipe: the error names it", { skip: withoutTools }, async () => {
  const vite = await importTool("vite-7", join("dist", "node", "index.js"));
  const main = `import { verifyIdToken } from "honnin"; ${work.replace(/const codes.*/, "")}
    verifyIdToken("x", options).catch(({ message }) => { document.title = message; });`;
  const folder = application("vite-plain", main);
  const server = await vite.createServer({
    ...{ configFile: false, root: folder, logLevel: "error", cacheDir: join(folder, "cache") },
    server: { host: "127.0.0.1", port: 0 },
  });
  try {
    await server.listen();
    assert.match(await titleOf(server.resolvedUrls.local[0]), /optimizeDeps\.exclude/);
  } finally {
    await server.close();
  }
});

test("webpack", { skip: withoutTools }, async () => {
  const { default: webpack } = await importTool("webpack");
  const folder = application("webpack", plain);
  await new Promise<void>((resolve, reject) => {
    const output = { path: join(folder, "dist"), publicPath: "auto" };
    const config = { mode: "production", context: folder, entry: "./main.js", output };
    webpack(config, (error: unknown, stats: { hasErrors(): boolean; toString(): string }) =>
      error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(),
    );
  });
  assert.equal(await titleOfBundle(join(folder, "dist"), "main.js"), expected);
});

async function rollup(input: string, plugins: unknown[], dir: string): Promise<void> {
  const { rollup } = await importTool("rollup");
  const bundle = await rollup({
    input,
    plugins,
    onwarn: (warning: { message: string }) => assert.fail(warning.message),
  });
  await bundle.write({ dir });
}

test("Rollup", { skip: withoutTools }, async () => {
  const { nodeResolve } = await importTool("@rollup/plugin-node-resolve");
  const { importMetaAssets } = await importTool("@web/rollup-plugin-import-meta-assets");
  const folder = application("rollup", plain);
  const dist = join(folder, "dist");
  await rollup(join(folder, "main.js"), [nodeResolve(), importMetaAssets()], dist);
  assert.equal(await titleOfBundle(dist, "main.js"), expected);
});

test("esbuild", async () => {
  const main = `import { init, inspect, verifyIdToken } from "honnin"; import file from "honnin/honnin.wasm"; ${work}
    init({ url: new URL(String(file), import.meta.url) }).then(codes).then((codes) => { ${show} });`;
  const folder = application("esbuild", main);
  const dist = join(folder, "dist");
  const loader = { ".wasm": "file" } as const;
  const entryPoints = [join(folder, "main.js")];
  await esbuild.build({ entryPoints, bundle: true, format: "esm", loader, outdir: dist, logLevel: "error" });
  assert.equal(await titleOfBundle(dist, "main.js"), expected);
});

for (const [title, conditions, imported, start] of [
  ["as Nitro uses it for workers", ["workerd", "unwasm"], "", ""],
  [
    "with the module from the application",
    ["workerd"],
    `import { initSync } from "honnin"; import module from "honnin/honnin.wasm?module";`,
    "initSync({ module });",
  ],
] as const)
  test(`Nitro's plugin for WebAssembly, ${title}`, { skip: withoutTools }, async () => {
    const { nodeResolve } = await importTool("@rollup/plugin-node-resolve");
    const { unwasm } = await importTool("unwasm", join("dist", "plugin", "index.mjs"));
    const main = `import { inspect, verifyIdToken } from "honnin"; ${imported} ${work}
    ${start}
    codes().then((codes) => console.log(codes));`;
    const folder = application("nitro", main);
    const dist = join(folder, "dist");
    const resolver = nodeResolve({ exportConditions: [...conditions] });
    await rollup(join(folder, "main.js"), [resolver, unwasm({ esmImport: false, lazy: false })], dist);
    const run = `await import(${JSON.stringify(pathToFileURL(join(dist, "main.js")).href)})`;
    const args = ["--input-type=module", "--eval", run];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    assert.equal(stdout.trim(), expected);
  });

test("esbuild for a server needs nothing", async () => {
  const main = `import { inspect, verifyIdToken } from "honnin"; ${work} codes().then((codes) => console.log(codes));`;
  const folder = application("server", main);
  const outfile = join(folder, "dist", "server.cjs");
  const entryPoints = [join(folder, "main.js")];
  await esbuild.build({
    entryPoints,
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile,
    logLevel: "error",
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  assert.equal(stdout.trim(), expected);
});
