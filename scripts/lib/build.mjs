// Builds the npm package: the WebAssembly modules, the TypeScript.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { buildEmulator } from "./build-emulator.mjs";
import { makePortable } from "./declarations.mjs";
import { root, run, step } from "./process.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const licences = ["LICENSE-MIT", "LICENSE-APACHE"];

const at = (...parts) => join(root, ...parts);

/** The modules, and the features of the crate that they are made of. */
export const modules = { honnin: "wasm,simd", "id-token": "id-token" };

/** What the modules are made of. The package depends on it too, because it contains their bytes and hashes. */
export const wasmInputs = [
  ...["Cargo.toml", "Cargo.lock", "crate/Cargo.toml", "crate/src", "crate/arithmetic"],
  "scripts/lib/build.mjs",
];

async function buildWasm() {
  rmSync(at("js", "dist", "wasm"), { recursive: true, force: true });
  mkdirSync(at("js", "dist", "wasm"), { recursive: true });
  for (const [name, features] of Object.entries(modules))
    await compileModule(features, at("js", "dist", "wasm", `${name}.wasm`));
}

/** Compiles the crate with these features to a module, without its symbols or without debugging information only. `folder`: of the sources. */
export async function compileModule(features, file, { env = {}, strip = "symbols", folder = root } = {}) {
  await run(
    "cargo",
    [
      ...["rustc", "--locked", "--package", "honnin", "--lib", "--profile", "wasm", "--features", features],
      ...["--target", "wasm32-unknown-unknown", "--crate-type", "cdylib"],
      // Numbers in as few bytes as they need. Loops keep one counter instead of a pointer for each list, which is no faster here.
      ...["--", "-C", `strip=${strip}`, "-C", "link-arg=--compress-relocations"],
      ...["-C", "llvm-args=-disable-lsr"],
    ],
    { cwd: folder, env },
  );
  const target = env.CARGO_TARGET_DIR ?? join(folder, "target");
  copyFileSync(join(target, "wasm32-unknown-unknown", "wasm", "honnin.wasm"), file);
}

async function buildTypeScript() {
  // Files that were moved or removed since the last build must not stay in the package.
  for (const name of readdirSync(at("js", "dist")))
    if (name !== "wasm") rmSync(at("js", "dist", name), { recursive: true });
  for (const name of readdirSync(at("js", "dist", "wasm")))
    if (!name.endsWith(".wasm") && name !== ".stamp")
      rmSync(at("js", "dist", "wasm", name), { recursive: true });
  await run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", at("js")]);
  copyFileSync(at("js", "src", "wasm", "compiled.d.ts"), at("js", "dist", "wasm", "compiled.d.ts"));
  makePortable(at("js", "dist"));
  for (const name of licences) copyFileSync(at(name), at("js", name));
  // The browser checks these hashes when it fetches the modules (Subresource Integrity).
  const hashes = Object.keys(modules).map((name) => {
    const bytes = readFileSync(at("js", "dist", "wasm", `${name}.wasm`));
    return [name, `sha384-${createHash("sha384").update(bytes).digest("base64")}`];
  });
  // For Node, whose bundlers do not copy files. Compressed, unless the time to unpack it matters more.
  mkdirSync(at("js", "dist", "wasm", "packed"), { recursive: true });
  for (const name of Object.keys(modules)) {
    const bytes = readFileSync(at("js", "dist", "wasm", `${name}.wasm`));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const packed = name === "id-token" ? bytes : brotliCompressSync(bytes, { params });
    const text = `export const packed = "${packed.toString("base64")}";\n`;
    writeFileSync(at("js", "dist", "wasm", "packed", `${name}.js`), text);
  }
  const integrity = JSON.stringify(Object.fromEntries(hashes), undefined, 2);
  writeFileSync(at("js", "dist", "wasm", "integrity.js"), `export const integrity = ${integrity};\n`);
  // npm links a command only if its file exists, which it does not before the first build. `npx honnin` needs the link.
  await run("npm", ["rebuild", "--ignore-scripts", "--workspace", "honnin"]);
  // npm makes the file executable only when it creates the link.
  chmodSync(at("js", "dist", "cli", "main.js"), 0o755);
}

/** Builds the parts that have changed since the last build. */
export async function build() {
  await step("WebAssembly modules", () => unlessUnchanged("js/dist/wasm/.stamp", wasmInputs, buildWasm));
  await step("npm package", () =>
    unlessUnchanged(
      "js/dist/.stamp",
      [
        "tsconfig.base.json",
        ...licences,
        "js/tsconfig.json",
        "js/package.json",
        "js/src",
        "scripts/lib/declarations.mjs",
        ...wasmInputs,
      ],
      buildTypeScript,
    ),
  );
  await buildEmulator();
}
