// The foreign suites, which are not part of the project: beside it, or where HONNIN_VECTORS says.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

const folder = process.env.HONNIN_VECTORS || join(root, "../shared/vectors");

/** How many cases each suite has. */
const suites = { limbo: 138, pkits: 249, wycheproof: 3_477, "jpki-test": 1 } as const;

/**
 * The folder of a suite, and what `test` takes to skip with a notice where it is absent: `npm test` counts its cases as
 * skipped. Where everything has to be there (`CI=true`), it fails.
 */
export function vectors(suite: keyof typeof suites): {
  readonly folder: string;
  readonly skip: string | false;
} {
  const path = join(folder, suite);
  if (existsSync(path)) return { folder: path, skip: false };
  if (process.env.CI === "true") throw new Error(`there are no vectors at ${path}`);
  process.stderr.write(`SKIPPED ${suites[suite]} cases: there are no vectors at ${path}\n`);
  return { folder: path, skip: `no vectors at ${path}` };
}
