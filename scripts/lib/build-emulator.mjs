// Builds the npm package `honnin-emulator`: the emulator and all that it needs in a few files of JavaScript, and its types.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root, run, step } from "./process.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const folder = join(root, "demo", "emulator", "npm");
const dist = join(folder, "dist");
const sources = join(root, "demo", "emulator", "src");

/** The entries of the package, by the name of the file. */
const entries = { index: "index.ts", testing: "testing/index.ts", cli: "../../checker/src/main.ts" };
const typed = ["index", "testing"];

/** Bundled, so that `npx` installs one package. CommonJS packages in it need a `require`. */
async function bundle() {
  // Loaded here, because setup may only just have installed it.
  const { build } = await import("esbuild");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: join(sources, file), out })),
    outdir: dist,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    charset: "utf8",
    // Names stay: oidc-provider finds its settings by the names of its classes.
    keepNames: true,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "warning",
    metafile: true,
  });
  cpSync(join(sources, "assets"), join(dist, "assets"), { recursive: true });
  chmodSync(join(dist, "cli.js"), 0o755);
  return metafile;
}

/** The licences of the packages in the bundle ask to be passed on with it. */
function writeLicences({ inputs }) {
  const packages = new Map();
  for (const file of Object.keys(inputs)) {
    const [, path, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
    if (name !== undefined) packages.set(name, join(root, path));
  }
  const texts = [...packages].sort().map(([name, path]) => {
    const { version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : `\n${readFileSync(join(path, file), "utf8").trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
  writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), texts.join(`\n${"-".repeat(78)}\n\n`));
}

/** The primes of the cards and of their CAs: the search for them would take most of the time of a start. */
async function writePrimes() {
  const found = join(root, ".cache", "emulator-primes");
  mkdirSync(found, { recursive: true });
  await run(process.execPath, ["--import", "tsx", join(sources, "signing", "find-primes.ts")], {
    env: { HONNIN_PRIMES: found },
  });
  const primes = readdirSync(found).map((name) => [name, readFileSync(join(found, name), "utf8").trim()]);
  writeFileSync(join(dist, "primes.json"), `${JSON.stringify(Object.fromEntries(primes))}\n`);
}

/** One file of declarations for each entry, with what it exports and nothing of the inside. */
async function writeTypes() {
  const declarations = join(root, ".cache", "emulator-types");
  rmSync(declarations, { recursive: true, force: true });
  const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--outDir", declarations];
  await run(process.execPath, [
    join(root, "node_modules", "typescript", "bin", "tsc"),
    ...["-p", join(root, "demo", "emulator"), "--rootDir", join(root, "demo"), ...options],
  ]);
  const { rollUp } = await import("./roll-up-types.mjs");
  for (const name of typed) {
    const entry = join(declarations, "emulator", "src", entries[name].replace(/\.ts$/, ".d.ts"));
    rollUp(folder, entry, join(dist, `${name}.d.ts`));
  }
}

async function buildPackage() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeLicences(await bundle());
  await writePrimes();
  await writeTypes();
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, name), join(folder, name));
  // npm links a command only if its file exists.
  if (!existsSync(join(root, "node_modules", ".bin", "honnin-emulator")))
    await run("npm", ["rebuild", "--ignore-scripts", "--workspace", "honnin-emulator"]);
}

/** Builds the package if something in it has changed. */
export async function buildEmulator() {
  await step("emulator package", () =>
    unlessUnchanged(
      "demo/emulator/npm/dist/.stamp",
      [
        ...["package-lock.json", "tsconfig.base.json", "demo/emulator/tsconfig.json"],
        ...["demo/emulator/src", "demo/checker/src", "demo/jpki/src", "demo/emulator/npm/package.json"],
        ...["scripts/lib/build-emulator.mjs", "scripts/lib/roll-up-types.mjs"],
      ],
      buildPackage,
    ),
  );
}
