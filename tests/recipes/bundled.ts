// Recipes that their framework or their platform bundles: bundled by esbuild, and loaded.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { root } from "../support/paths.ts";

/** The bundles are here, where the packages that are not in them are found. */
const folder = join(root, ".cache", "recipes");
const recipes = join(root, "demo", "recipes");

/** `@/` is the root of a new project. The two modules are those that a page uses. */
const next: Plugin = {
  name: "next",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@\/auth$/ }, () => ({ path: join(recipes, "auth.ts") }));
    onResolve({ filter: /^next\// }, ({ path }) => ({ path, namespace: "next" }));
    onLoad({ filter: /./, namespace: "next" }, ({ path }) => ({
      contents:
        path === "next/headers"
          ? "export const headers = () => globalThis.honninRecipeHeaders.getStore();"
          : "export function redirect(location) { throw Object.assign(new Error(), { location }); }",
    }));
  },
};

async function load<Module>(file: string, name: string, more: BuildOptions = {}): Promise<Module> {
  const outfile = join(folder, name);
  await build({
    entryPoints: [join(recipes, file)],
    outfile,
    // As `lambda.ts` is bundled in the guide.
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
    ...more,
  });
  return import(`${pathToFileURL(outfile)}?${performance.now()}`) as Promise<Module>;
}

const inNext: BuildOptions = {
  plugins: [next],
  jsx: "automatic",
  external: ["react", "honnin"],
};

export const loadLambda = <Module>() => load<Module>("lambda.ts", "lambda.mjs");
export const loadNext = <Module>(file: string) =>
  load<Module>(`next/app/${file}`, `next-${file.replaceAll(/\W+/g, "-")}.mjs`, inNext);
export const removeBundles = () => rm(folder, { recursive: true, force: true });
