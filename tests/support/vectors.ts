// The foreign suites, which are not part of the project: beside it, or where HONNIN_VECTORS says.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

const folder = process.env.HONNIN_VECTORS || join(root, "../shared/vectors");

/** The folder of a suite, and what `test` takes to skip with a notice where it is absent. */
export function vectors(suite: string): { readonly folder: string; readonly skip: string | false } {
  const path = join(folder, suite);
  if (existsSync(path)) return { folder: path, skip: false };
  process.stderr.write(`SKIPPED: no vectors at ${path}\n`);
  return { folder: path, skip: `no vectors at ${path}` };
}
