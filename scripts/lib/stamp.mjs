// Repeats work only if its inputs have changed.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./process.mjs";

const passedOver = new Set(["node_modules", "target", "dist", ".git"]);

function* filesBelow(path) {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) if (!passedOver.has(name)) yield* filesBelow(join(path, name));
}

/** A hash of the names and contents of files and folders, given relative to the root. */
export function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesBelow(join(root, path)))
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Runs `work` unless it was completed before with the same inputs. `stamp` is the file that stores this. */
export async function unlessUnchanged(stamp, inputs, work) {
  const file = join(root, stamp);
  const now = hashOf(inputs);
  try {
    if (readFileSync(file, "utf8") === now) return "unchanged";
  } catch {
    // No stamp: the work was never completed.
  }
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, now);
  return "done";
}
