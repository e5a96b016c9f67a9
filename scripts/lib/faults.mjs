// The faults that `npm run faults` plants in the arithmetic.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.mjs";

/** @returns {{ file: string, fault: string, from: string, to: string, same?: string }[]} `same` says why no test can fail */
export const list = () => JSON.parse(readFileSync(join(root, "crate", "arithmetic", "faults.json"), "utf8"));

/** What stands before their table in docs/arithmetic.md, with a digest of the list that it was made from. */
export const mark = () =>
  `<!-- npm run faults -- --write ${createHash("sha256").update(JSON.stringify(list())).digest("hex").slice(0, 16)} -->`;
