// Builds the npm package: the WebAssembly module, its glue, the TypeScript.
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
import { root, run, step } from "./process.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const shown = ["README.md", "README.ja.md", "LICENSE-MIT", "LICENSE-APACHE"];

const at = (...parts) => join(root, ...parts);

async function buildWasm() {
  await run("cargo", [
    ...["build", "--locked", "--package", "honnin", "--lib", "--profile", "wasm", "--features", "wasm"],
    ...["--target", "wasm32-unknown-unknown"],
  ]);
  const generated = at("target", "bindgen-output");
  rmSync(generated, { recursive: true, force: true });
  await run(
    "cargo",
    [
      ...["run", "--quiet", "--locked", "--manifest-path", at("scripts", "bindgen", "Cargo.toml"), "--"],
      ...[at("target", "wasm32-unknown-unknown", "wasm", "honnin.wasm"), generated],
    ],
    { env: { CARGO_TARGET_DIR: at("target", "bindgen") } },
  );
  mkdirSync(at("js", "dist", "wasm"), { recursive: true });
  copyFileSync(join(generated, "honnin_bg.wasm"), at("js", "dist", "wasm", "honnin.wasm"));
  copyFileSync(join(generated, "honnin.js"), at("js", "src", "wasm", "glue.js"));
  copyFileSync(join(generated, "honnin.d.ts"), at("js", "src", "wasm", "glue.d.ts"));
}

async function buildTypeScript() {
  // Files that were moved or removed since the last build must not stay in the package.
  for (const name of readdirSync(at("js", "dist")))
    if (name !== "wasm") rmSync(at("js", "dist", name), { recursive: true });
  await run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", at("js")]);
  // The types refer to it.
  for (const name of ["glue.js", "glue.d.ts"])
    copyFileSync(at("js", "src", "wasm", name), at("js", "dist", "wasm", name));
  // The files that a package on npm must contain, from their only source.
  for (const name of ["README.md", "README.ja.md", "LICENSE-MIT", "LICENSE-APACHE"])
    copyFileSync(at(name), at("js", name));
  // The browser checks this hash when it fetches the module (Subresource Integrity).
  const digest = createHash("sha384")
    .update(readFileSync(at("js", "dist", "wasm", "honnin.wasm")))
    .digest("base64");
  writeFileSync(at("js", "dist", "wasm", "integrity.js"), `export const integrity = "sha384-${digest}";\n`);
  // npm links a command only if its file exists, which it does not before the first build. `npx honnin` needs the link.
  await run("npm", ["rebuild", "--ignore-scripts", "--workspace", "honnin"]);
  // npm makes the file executable only when it creates the link.
  chmodSync(at("js", "dist", "cli", "main.js"), 0o755);
}

/** Builds the parts that have changed since the last build. */
export async function build() {
  await step("WebAssembly module", () =>
    unlessUnchanged(
      "js/dist/wasm/.stamp",
      ["Cargo.toml", "Cargo.lock", "crate/Cargo.toml", "crate/src", "crate/arithmetic", "scripts/bindgen"],
      buildWasm,
    ),
  );
  await step("npm package", () =>
    unlessUnchanged(
      "js/dist/.stamp",
      [
        "tsconfig.base.json",
        ...shown,
        "js/tsconfig.json",
        "js/package.json",
        "js/src",
        "Cargo.lock",
        "crate/src",
        "crate/arithmetic",
      ],
      buildTypeScript,
    ),
  );
}
