import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { packageFolder } from "./support/program.ts";

test("the published types hold by themselves: a strict program that checks libraries, too, compiles", () => {
  const compiler = join(packageFolder, "..", "node_modules", "typescript", "bin", "tsc");
  const project = join(packageFolder, "test", "types");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
