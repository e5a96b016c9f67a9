// What mutants are shown to has every test file of the crate in it, but for those that are named here with their reason.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../crate/tests/", import.meta.url));
const left: Readonly<Record<string, string>> = {
  codes: "compares lists of codes with the JavaScript's",
  debug_output: "is about what is written for people",
  examples: "writes the data of the examples in the documentation",
  hostile_bounds: "measures",
  inspect: "is about what is shown, and verifies nothing",
  limbo: "a suite of others",
  mutated: "changes good inputs at random",
  pdf_memory: "measures",
  pkits: "a suite of others",
  wycheproof: "a suite of others",
  x509_crl_size: "measures",
  x509_hostile: "measures",
};

test("no test file of the crate is forgotten", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".rs") && name !== "covering.rs");
  const listed = [...readFileSync(join(folder, "covering.rs"), "utf8").matchAll(/^mod (\w+);$/gm)];
  const names = [...listed.map(([, name]) => name), ...Object.keys(left)];
  assert.deepEqual(names.sort(), files.map((name) => name.replace(/\.rs$/, "")).sort());
});
