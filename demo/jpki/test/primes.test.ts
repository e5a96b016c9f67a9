import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Random } from "../src/keys/random.js";
import { rsaKeyPair } from "../src/keys/rsa.js";

test("primes that were found before give the same key; half a file is not read", async (t) => {
  const before = process.env.HONNIN_PRIMES;
  const folder = mkdtempSync(join(tmpdir(), "primes-"));
  t.after(() => {
    if (before === undefined) delete process.env.HONNIN_PRIMES;
    else process.env.HONNIN_PRIMES = before;
    rmSync(folder, { recursive: true });
  });
  const make = async () => (await rsaKeyPair(new Random("primes", "test"))).spki;

  delete process.env.HONNIN_PRIMES;
  const searched = await make();
  process.env.HONNIN_PRIMES = folder;
  assert.deepEqual(await make(), searched);
  const kept = readdirSync(folder);
  assert.equal(kept.length, 2);
  assert.deepEqual(await make(), searched);
  const [first = ""] = kept;
  writeFileSync(join(folder, first), "2");
  assert.deepEqual(await make(), searched);
  writeFileSync(join(folder, first), "2\n");
  assert.notDeepEqual(await make(), searched);
});
