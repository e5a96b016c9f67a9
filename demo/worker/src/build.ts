import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/** A module as the edge runtime takes it. */
export interface WorkerModule {
  readonly type: "ESModule" | "CompiledWasm";
  readonly path: string;
  readonly contents: string | Uint8Array;
}

const site = new URL("../../site/src/", import.meta.url);
const siteFile = (name: string) => fileURLToPath(new URL(name, site));

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The worker and the wasm beside it. The wasm stays a module of its own: edge runtimes compile none at run time. */
export async function buildWorker(): Promise<readonly WorkerModule[]> {
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
    plugins: [siteAssets],
    logLevel: "error",
  });
  const isWasm = (path: string) => extname(path) === ".wasm";
  const modules = outputFiles.map(
    ({ path, contents, text }): WorkerModule =>
      isWasm(path)
        ? { type: "CompiledWasm", path: basename(path), contents }
        : { type: "ESModule", path: basename(path), contents: text },
  );
  // The first one is the program.
  return modules.sort((a, b) => Number(isWasm(a.path)) - Number(isWasm(b.path)));
}

/** Gives the worker `honnin-demo:assets`. */
const siteAssets: Plugin = {
  name: "site-assets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^honnin-demo:assets$/ }, ({ path }) => ({ path, namespace: "site-assets" }));
    onLoad({ filter: /.*/, namespace: "site-assets" }, async () => ({
      contents: await assetsModule(),
      loader: "js",
    }));
  },
};

async function assetsModule(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [siteFile("styles.css"), siteFile("enhance.ts"), siteFile("favicon.svg")],
    bundle: true,
    minify: true,
    write: false,
    outdir: "assets",
    format: "esm",
    target: ["es2022", "safari16.4"],
    conditions: ["browser"],
    loader: { ".svg": "copy" },
    logLevel: "error",
  });
  const assets: Record<string, { type: string; body: string }> = {};
  const addresses = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    const extension = extname(path);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const address = `/assets/${basename(path, extension)}.${hash}${extension}`;
    assets[address] = { type: types[extension] ?? "application/octet-stream", body: text };
    addresses.set(extension, address);
  }
  const assetPaths = {
    styles: addresses.get(".css"),
    script: addresses.get(".js"),
    icon: addresses.get(".svg"),
  };
  return `export const assetPaths = ${JSON.stringify(assetPaths)};\nexport const assets = ${JSON.stringify(assets)};\n`;
}
