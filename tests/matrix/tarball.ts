// The package as npm would publish it, packed once.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import { run } from "./process.ts";

export const cache = join(root, ".cache", "matrix");

let packed: Promise<string> | undefined;

/** The path of the tarball. Its name has its digest, so that another one is another dependency. */
export const tarball = (): Promise<string> => {
  packed ??= pack();
  return packed;
};

async function pack(): Promise<string> {
  const folder = join(cache, "tarballs");
  mkdirSync(folder, { recursive: true });
  // Another run may pack at the same time.
  const own = mkdtempSync(join(folder, "packing-"));
  const flags = ["--silent", "--ignore-scripts", "--pack-destination", own];
  const output = await run("npm", ["pack", ...flags], { cwd: join(root, "js") });
  const file = join(own, output.trim().split("\n").at(-1) ?? "");
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12);
  const named = join(folder, `honnin-${digest}.tgz`);
  renameSync(file, named);
  rmSync(own, { recursive: true });
  return named;
}
