// A file with a fault in it, in a folder of its own with a linter's settings as this repository has them.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { root } from "../support/paths.ts";

/** What a program of this repository says in a folder that git does not ignore, where this repository's packages are found. */
export function lintPlanted(
  t: TestContext,
  code: string,
  files: Readonly<Record<string, string>>,
  [program, ...args]: readonly [string, ...string[]],
  path = "js/src/probe.ts",
): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), "honnin-lint-"));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  for (const [name, text] of Object.entries({ ...files, [path]: code }))
    writeFileSync(join(folder, name), text);
  const command = [join(root, "node_modules", program), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

export function read(name: string): string {
  return readFileSync(join(root, name), "utf8");
}

/** The names of this repository's own rules for Biome. */
export function ownRules(): string[] {
  const files = readdirSync(join(root, "scripts/lint"));
  return files.map((name) => name.replace(/\.grit$/, "")).sort();
}
