// npm run check: checks formatting, lint rules, types, imports and lock files of all code; `--write` formats instead of reporting.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, modules } from "./lib/build.mjs";
import { command, root, run, step } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

const node = (...args) => run(process.execPath, args);
const tool = (name, ...path) => join(root, "node_modules", name, ...path);

await command(async (args) => {
  const write = args.includes("--write");
  await setup();
  await build();
  await step("Biome", () =>
    node(
      tool("@biomejs/biome", "bin", "biome"),
      "check",
      "--error-on-warnings",
      ...(write ? ["--write"] : []),
      ".",
    ),
  );
  await step("promises", () =>
    node(tool("oxlint", "bin", "oxlint"), "--deny-warnings", "js", "demo", "tests", "scripts"),
  );
  await step("reference", () => node("scripts/reference.mjs", ...(write ? [] : ["--check"])));
  await step("imports", () => node("scripts/imports.mjs"));
  // What stands beside the workspace has lock files of its own, which the crate's dependencies are in.
  await step("lock files", async () => {
    const { output } = await run("git", ["ls-files", "*Cargo.lock"]);
    for (const lock of output.trim().split("\n")) {
      const manifest = join(dirname(lock), "Cargo.toml");
      const mode = write ? [] : ["--locked"];
      await run("cargo", ["metadata", ...mode, "--format-version", "1", "--manifest-path", manifest]);
    }
  });
  await step("rustfmt", () => run("cargo", ["fmt", "--all", ...(write ? [] : ["--check"])]));
  await step("clippy", () =>
    run("cargo", ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
  );
  await step("clippy (wasm)", async () => {
    for (const features of Object.values(modules)) {
      await run("cargo", [
        ...["clippy", "--locked", "--package", "honnin", "--lib", "--features", features],
        ...["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"],
      ]);
    }
  });
  await step("rustdoc", () =>
    run("cargo", ["doc", "--locked", "--no-deps", "--package", "honnin"], {
      env: { RUSTDOCFLAGS: "-D warnings" },
    }),
  );
  const demos = readdirSync(join(root, "demo")).map((name) => join("demo", name));
  for (const folder of ["js", "js/test", "demo", ...demos, "demo/emulator/npm", "tests"]) {
    if (!existsSync(join(root, folder, "tsconfig.json"))) continue;
    await step(`types of ${folder}`, () => node(tool("typescript", "bin", "tsc"), "--noEmit", "-p", folder));
  }
});
