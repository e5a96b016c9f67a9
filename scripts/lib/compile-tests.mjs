// Compiles test files to one JavaScript file each. Loading TypeScript file by file takes most of the time of a short test.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure, root } from "./process.mjs";

const isTypeScript = (path) => path.endsWith(".ts");

/** Only the workspace's own TypeScript becomes part of a file; everything else is loaded as Node would load it. */
const ownSources = {
  name: "own-sources",
  setup(build) {
    build.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === "entry-point" || pluginData === ownSources) return undefined;
      const isPrivate = path.startsWith("#");
      const isOwn = path.startsWith(".") || path.startsWith("@honnin/") || isPrivate;
      if (!isOwn) return { path, external: true };
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: ownSources });
      if (isTypeScript(found.path)) return found;
      // A name of the package that the compiled file, which lies elsewhere, does not know.
      if (isPrivate) return { path: pathToFileURL(found.path).href, external: true };
      return {
        path: path.startsWith(".") ? pathToFileURL(resolve(resolveDir, path)).href : path,
        external: true,
      };
    });
    // `import.meta.url` stays the source's, so that tests find what lies beside it.
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8")
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll("import.meta.filename", JSON.stringify(path)),
    }));
  },
};

export const compiledTests = join(root, ".cache", "tests");

/**
 * Compiles `files` of the workspaces. All paths are relative to the root.
 * @returns the path of each result, and the files that contain `part`
 */
export async function compileTests(files, workspaces, part) {
  // Loaded here, because setup may only just have installed it.
  const { build } = await import("esbuild");
  rmSync(compiledTests, { recursive: true, force: true });
  const { metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: compiledTests,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    charset: "utf8",
    sourcemap: true,
    sourcesContent: false,
    // As tsx does, so that a test passes or fails alike in both.
    keepNames: true,
    // `sideEffects` of a manifest is about what is published.
    ignoreAnnotations: true,
    logLevel: "warning",
    metafile: true,
    plugins: [ownSources],
  });
  // What the bundler leaves out or doubts would not be tested.
  if (warnings.length > 0) throw new Failure("Test files were compiled with warnings.");
  // Packages of which a workspace has its own version.
  for (const workspace of workspaces) {
    const packages = join(root, workspace, "node_modules");
    if (!existsSync(packages)) continue;
    mkdirSync(join(compiledTests, workspace), { recursive: true });
    symlinkSync(packages, join(compiledTests, workspace, "node_modules"), "junction");
  }
  const results = new Map();
  const withPart = [];
  for (const [path, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
    if (entryPoint === undefined) continue;
    const file = join(...entryPoint.split("/"));
    results.set(file, path);
    if (inputs[part] !== undefined) withPart.push(file);
  }
  return { results, withPart };
}
