import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../support/paths.ts";

const { count } = await import(pathToFileURL(join(root, "scripts/lib/counts.mjs")).href);

test("cargo's lines, and cases whose vectors are absent", () => {
  const output = `test one ... ok
SKIPPED 249 cases: there are no vectors at /somewhere
test two ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.83s
test three ... SKIPPED 4 cases: about the names of hosts
ok
test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.83s
`;
  assert.deepEqual(count(output), { passed: 2, failed: 2, skipped: 254 });
});

test("the lines of node's runner", () => {
  const output = `SKIPPED 138 cases: there are no vectors at /somewhere
ℹ pass 7
ℹ fail 1
ℹ cancelled 1
ℹ skipped 2
ℹ todo 0
`;
  assert.deepEqual(count(output), { passed: 7, failed: 2, skipped: 140 });
});

test("the lines of the comparison of arithmetic", () => {
  const output = `p256: seed 1, 5123 cases, 4000 of them valid signatures, 9 keys, 90 judged by OpenSSL, 90 by RustCrypto: 0 different in 1 s
rsa: seed 1, 5000 cases, 0 of them valid signatures, 5 keys, 5000 judged by OpenSSL, 0 by RustCrypto: 2 different in 0 s
DIFFERENT: rsa 02 ^ 3 mod 09
`;
  assert.deepEqual(count(output), { passed: 10_121, failed: 2, skipped: 0 });
});

test("an absent folder is skipped with its cases, and fails where everything has to be there", () => {
  const script = `import { vectors } from "${pathToFileURL(join(root, "tests/support/vectors.ts")).href}";
    console.log(JSON.stringify(vectors("pkits").skip));`;
  const run = (CI: string) =>
    spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CI, HONNIN_VECTORS: join(root, "nowhere") },
    });
  const skipped = run("");
  assert.equal(skipped.status, 0, skipped.stderr);
  assert.match(skipped.stdout, /no vectors at/);
  assert.match(skipped.stderr, /^SKIPPED 249 cases: /m);
  assert.notEqual(run("true").status, 0);
});
