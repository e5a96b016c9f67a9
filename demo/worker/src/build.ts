import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { AssetPaths } from "@honnin/site";
import { build, type Plugin } from "esbuild";

/** A module in the form for the edge runtime. */
export interface WorkerModule {
  readonly type: "ESModule" | "CompiledWasm" | "Data";
  readonly path: string;
  readonly contents: string | Uint8Array<ArrayBuffer>;
}

const site = new URL("../../site/src/", import.meta.url);
const siteFile = (name: string) => fileURLToPath(new URL(name, site));

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The file of each asset, by its name on pages. */
const files: Readonly<Record<keyof AssetPaths, string>> = {
  styles: siteFile("styles.css"),
  script: siteFile("enhance.ts"),
  element: siteFile("client/element.ts"),
  sign: siteFile("client/sign.ts"),
  verify: siteFile("client/verify.ts"),
  icon: siteFile("favicon.svg"),
  sample: siteFile("sample.pdf"),
  wasm: fileURLToPath(import.meta.resolve("honnin/wasm")),
};

/** A file for browsers. */
interface Asset {
  readonly address: string;
  readonly type: string;
  readonly contents: Uint8Array;
}

/** The worker, the wasm module and the site's files. The wasm is a separate module, because edge runtimes do not compile at run time. */
export async function buildWorker(): Promise<readonly WorkerModule[]> {
  const assets = await buildAssets();
  const { outputFiles } = await build({
    entryPoints: { worker: fileURLToPath(new URL("./worker.ts", import.meta.url)) },
    bundle: true,
    write: false,
    outdir: "out",
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:workers"],
    loader: { ".wasm": "copy" },
    plugins: [siteAssets(assets)],
    logLevel: "error",
  });
  const isWasm = (path: string) => extname(path) === ".wasm";
  const modules = outputFiles.map(
    ({ path, contents, text }): WorkerModule =>
      isWasm(path)
        ? { type: "CompiledWasm", path: basename(path), contents: new Uint8Array(contents) }
        : { type: "ESModule", path: basename(path), contents: text },
  );
  // The first module is the program.
  modules.sort((a, b) => Number(isWasm(a.path)) - Number(isWasm(b.path)));
  const data = Object.values(assets).map(
    ({ address, contents }): WorkerModule => ({
      type: "Data",
      path: dataName(address),
      contents: new Uint8Array(contents),
    }),
  );
  return [...modules, ...data];
}

/** Not with the file's own extension, which would determine how to run it. */
const dataName = (address: string) => `${basename(address)}.bin`;

/** Provides `honnin-demo:assets` to the worker. */
function siteAssets(assets: Readonly<Record<string, Asset>>): Plugin {
  return {
    name: "site-assets",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^honnin-demo:assets$/ }, ({ path }) => ({ path, namespace: "site-assets" }));
      onResolve({ filter: /\.bin$/, namespace: "site-assets" }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: "site-assets" }, () => ({
        contents: assetsModule(assets),
        loader: "js",
      }));
    },
  };
}

function assetsModule(assets: Readonly<Record<string, Asset>>): string {
  const all = Object.entries(assets);
  const imports = all.map(([, { address }], at) => `import body${at} from "./${dataName(address)}";\n`);
  const paths = all.map(([name, { address }]) => [name, address]);
  const bodies = all.map(
    ([, { address, type }], at) =>
      `${JSON.stringify(address)}: { type: ${JSON.stringify(type)}, body: body${at} },\n`,
  );
  const { contents = "" } = assets.sample ?? {};
  const sampleHash = createHash("sha256").update(contents).digest("hex");
  return `${imports.join("")}
export const sampleHash = "${sampleHash}";
export const assetPaths = ${JSON.stringify(Object.fromEntries(paths))};
export const assets = {
${bodies.join("")}};
`;
}

async function buildAssets(): Promise<Readonly<Record<string, Asset>>> {
  const built = await Promise.all(
    Object.entries(files).map(async ([name, path]) => [name, await asset(path)]),
  );
  return Object.fromEntries(built);
}

async function asset(path: string): Promise<Asset> {
  const isBuilt = /\.(css|ts)$/.test(path);
  const contents = isBuilt ? await bundle(path) : await readFile(path);
  const extension = extname(path).replace(/^\.ts$/, ".js");
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  return {
    address: `/assets/${basename(path, extname(path))}.${hash}${extension}`,
    type: types[extension] ?? "application/octet-stream",
    contents,
  };
}

/** Bundles a script or the styles of a page into one file for current browsers. */
async function bundle(path: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    outdir: "assets",
    format: "esm",
    target: ["es2022", "safari16.4"],
    conditions: ["browser"],
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${path} gave nothing`);
  return file.contents;
}
