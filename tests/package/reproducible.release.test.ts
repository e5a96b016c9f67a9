// The modules can be checked against their sources: another build, in another folder, gives the same bytes.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../support/paths.ts";

const { compileModule, modules } = await import(join(root, "scripts", "lib", "build.mjs") as string);

// Neither the path nor its length is that of this repository.
const home = mkdtempSync(join(tmpdir(), "honnin-reproducible-"));
const folder = join(home, "somewhere", "else");
after(() => rmSync(home, { recursive: true, force: true }));

for (const name of ["Cargo.toml", "Cargo.lock", "crate"]) {
  mkdirSync(folder, { recursive: true });
  const isBuilt = (path: string) => path.includes(`${join("fuzz", "target")}`);
  cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !isBuilt(path) });
}

for (const [name, features] of Object.entries(modules))
  test(`${name}.wasm has the same bytes when it is built from nothing elsewhere`, async () => {
    const file = join(home, `${name}.wasm`);
    await compileModule(features, file, { folder });
    const packed = readFileSync(join(root, "js", "dist", "wasm", `${name}.wasm`));
    assert.ok(readFileSync(file).equals(packed));
  });
