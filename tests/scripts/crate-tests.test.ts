// A file beside a main.rs that does not name it is never built: its tests would be no tests.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../crate/tests/", import.meta.url));

test("every test file of the crate is part of a program", () => {
  const programs = readdirSync(folder).filter((name) => existsSync(join(folder, name, "main.rs")));
  assert.deepEqual(programs.sort(), ["bounds", "rules", "suites"]);
  for (const name of programs) {
    const files = readdirSync(join(folder, name)).filter(
      (file) => file.endsWith(".rs") && file !== "main.rs",
    );
    const main = readFileSync(join(folder, name, "main.rs"), "utf8");
    const named = [...main.matchAll(/^mod (\w+);$/gm)].map(([, module]) => `${module}.rs`);
    for (const file of files) assert.ok(named.includes(file), `crate/tests/${name}/${file}`);
  }
});
