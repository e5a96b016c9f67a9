// What is published of the crates.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";

const crates = { honnin: "crate", "honnin-arithmetic": "crate/arithmetic" };

/** The files of a crate's package, except those that cargo adds. */
function filesOf(name: string): string[] {
  const args = ["package", "--list", "--allow-dirty", "--offline", "--locked", "--package", name];
  const { status, stdout, stderr } = spawnSync("cargo", args, { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const added = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];
  return stdout.split(/\r?\n/).filter((file) => file !== "" && !added.includes(file));
}

for (const [name, folder] of Object.entries(crates)) {
  test(`${name} is published with its sources, README and licences, and nothing else`, () => {
    const files = filesOf(name).map((file) => file.replaceAll("\\", "/"));
    const others = files.filter((file) => !/^(src\/.*\.rs|examples\/data\/.*)$/.test(file));
    const examples = name === "honnin" ? ["examples/verify_package.rs"] : [];
    const manifest = ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];
    assert.deepEqual(others.sort(), [...manifest, ...examples].sort());
    // What the README's examples read.
    const readme = readFileSync(join(root, folder, "README.md"), "utf8");
    for (const [, file = ""] of readme.matchAll(/"(examples\/data\/[^"]+)"/g))
      assert.ok(files.includes(file), file);
    const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    for (const link of links)
      assert.match(link, /^https:\/\//, "a registry has no other page of the repository");
  });

  test(`${name} says what a registry needs, and has the project's licences`, () => {
    const manifest = readFileSync(join(root, folder, "Cargo.toml"), "utf8");
    for (const key of [
      "description",
      "readme",
      "keywords",
      "categories",
      "license.workspace",
      "rust-version.workspace",
    ])
      assert.match(manifest, new RegExp(`^${key.replace(".", "\\.")} = `, "m"), key);
    for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"])
      assert.equal(
        readFileSync(join(root, folder, licence), "utf8"),
        readFileSync(join(root, licence), "utf8"),
      );
    // A registry refuses what depends on a pre-release that only it pins, and on a path without a version.
    assert.doesNotMatch(manifest, /version = "=|path = "[^"]*" \}(?<!version.*)/);
  });
}
