// Bundles what runs in an environment, as a user would: honnin by its public entries, the peers from their own folder.
import { join, relative } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../support/paths.ts";
import { peers } from "./folders.ts";

export type Platform = "node" | "browser" | "workerd";

const conditions: Record<Platform, string[]> = {
  node: ["node"],
  browser: ["browser"],
  workerd: ["workerd", "worker"],
};

/** Peers that need Node. Elsewhere, their import fails, and the variant has a reason. */
const ofNode = /^(node:.*|peer:fast-jwt)$/;

const resolver = (platform: Platform): esbuild.Plugin => ({
  name: "bench",
  setup(build) {
    if (platform === "node") build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true }));
    else build.onResolve({ filter: ofNode }, ({ path }) => ({ path, namespace: "missing" }));
    build.onLoad({ filter: /./, namespace: "missing" }, () => ({
      contents: 'throw new Error("needs Node");\nexport {};\n',
    }));
    build.onResolve({ filter: /^peer:/ }, ({ path, kind }) =>
      build.resolve(path.slice("peer:".length), { kind, resolveDir: peers }),
    );
    // A second copy: one copy of honnin has one instance of a module.
    build.onResolve({ filter: /^reference:honnin$/ }, ({ path }) => ({ path, namespace: "reference" }));
    build.onLoad({ filter: /./, namespace: "reference" }, async () => ({
      contents: await bundle({ contents: 'export * from "honnin/slim";' }, platform),
    }));
  },
});

export type Source = { readonly file: string } | { readonly contents: string };

interface Choice {
  readonly minify?: boolean;
}

function settings(source: Source, platform: Platform, { minify = false }: Choice) {
  const here = join(root, "tests", "bench");
  return {
    ...("file" in source
      ? { entryPoints: [join(here, source.file)] }
      : { stdin: { contents: source.contents, resolveDir: here, loader: "ts" } }),
    bundle: true,
    minify,
    format: "esm",
    target: "es2022",
    platform: platform === "node" ? "node" : "browser",
    conditions: conditions[platform],
    // Some peers are CommonJS, and ask for Node's modules when they run.
    ...("file" in source &&
      platform === "node" && {
        banner: {
          js: 'import { createRequire as ownRequire } from "node:module"; const require = ownRequire(import.meta.url);',
        },
      }),
    external: ["*.wasm", "*.txt"],
    legalComments: "none",
    logLevel: "error",
    plugins: [resolver(platform)],
  } satisfies esbuild.BuildOptions;
}

/** One file of JavaScript. WebAssembly stays beside it. Errors of what is not minified name what they are about. */
export async function bundle(source: Source, platform: Platform, choice: Choice = {}): Promise<string> {
  const result = await esbuild.build({ ...settings(source, platform, choice), write: false });
  return result.outputFiles[0]?.text ?? "";
}

/** Files in a folder, minified: the entry `main.js`, and one for each import on demand. */
export async function splitBundle(contents: string, platform: Platform, outdir: string): Promise<void> {
  const { stdin, ...rest } = settings({ contents }, platform, { minify: true }) as esbuild.BuildOptions;
  await esbuild.build({
    ...rest,
    entryPoints: { main: "entry" },
    splitting: true,
    outdir,
    plugins: [
      {
        name: "entry",
        setup(build) {
          build.onResolve({ filter: /^entry$/ }, ({ path }) => ({ path, namespace: "entry" }));
          build.onLoad({ filter: /./, namespace: "entry" }, () => ({
            contents,
            loader: "ts",
            resolveDir: stdin?.resolveDir ?? "",
          }));
        },
      },
      ...(rest.plugins ?? []),
    ],
  });
}

/** What a bundle in several files loads before anything is asked of it: the entry, and what it imports statically. */
export async function startOf(contents: string, platform: Platform): Promise<readonly Uint8Array[]> {
  const { outputFiles, metafile } = await esbuild.build({
    ...settings({ contents }, platform, { minify: true }),
    absWorkingDir: root,
    splitting: true,
    outdir: "out",
    metafile: true,
    write: false,
  });
  const started = new Set<string>();
  const visit = (path: string) => {
    if (started.has(path)) return;
    started.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? [])
      if (kind === "import-statement" && !external) visit(next);
  };
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint === "<stdin>") visit(path);
  return outputFiles.filter(({ path }) => started.has(relative(root, path))).map(({ contents }) => contents);
}
