// The published types in each TypeScript from 5.0 and with each module resolution that reads `exports`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../support/paths.ts";
import { compile, type Program, programs, type Resolution } from "./compile.ts";
import { packedProject } from "./packed.ts";
import { toolFolder, tools, withoutTools } from "./tools.ts";

const platforms = ["undici-types", "@cloudflare/workers-types"];
const oldNode = ["@types/node", toolFolder("@types/node-20")] as const;
const newNode = ["@types/node", toolFolder("@types/node-26")] as const;
const older = packedProject(tools ? [...platforms, oldNode] : []);
const newer = packedProject(tools ? [...platforms, newNode] : []);
after(() => {
  older.remove();
  newer.remove();
});

const compilers = [
  ["5.0", toolFolder("typescript-5.0"), older],
  ["5.4", toolFolder("typescript-5.4"), older],
  ["5.7", toolFolder("typescript-5.7"), older],
  ["5.9", toolFolder("typescript-5.9"), newer],
  ["6.0", toolFolder("typescript-6.0"), newer],
  ["7.0", join(root, "node_modules", "typescript"), newer],
] as const;

const all = Object.entries(programs);
const resolutions: readonly (readonly [Resolution, readonly (readonly [string, Program])[]])[] = [
  ["nodenext", all],
  ["node16", all.slice(0, 1)],
  ["bundler", all.slice(0, 2)],
];

for (const [version, compiler, project] of compilers)
  test(`TypeScript ${version} compiles every program`, { skip: withoutTools }, () => {
    for (const [resolution, some] of resolutions)
      for (const [title, program] of some)
        assert.equal(compile(project, compiler, program, resolution), "", `${title}, ${resolution}`);
  });

test("the types of every entry are found by each resolution that can load it", async () => {
  // The package is ESM only. `require` loads it in every Node of `engines`, but TypeScript's "node16" does not know that, and its
  // "node10" does not read `exports` at all.
  const cli = join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  const args = [cli, "--profile", "esm-only", "--format", "json", newer.tarball];
  const run = promisify(execFile)(process.execPath, args, { maxBuffer: 16_777_216 });
  const { stdout } = await run.catch((refused: { stdout: string }) => refused);
  const { analysis } = JSON.parse(stdout);
  const wrong = analysis.problems.filter(
    ({ resolutionKind }: { resolutionKind: string }) => !["node10", "node16-cjs"].includes(resolutionKind),
  );
  assert.deepEqual(wrong, []);
  const { exports } = JSON.parse(readFileSync(join(newer.honnin, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), Object.keys(exports).sort());
});
