import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { bringPrimes, foundBefore, keepFound } from "../src/keys/primes.js";
import { Random } from "../src/keys/random.js";
import { rsaKeyPair } from "../src/keys/rsa.js";

function keepIn(t: TestContext, folder: string | undefined): void {
  const before = process.env.HONNIN_PRIMES;
  const set = (value: string | undefined) => {
    if (value === undefined) delete process.env.HONNIN_PRIMES;
    else process.env.HONNIN_PRIMES = value;
  };
  set(folder);
  t.after(() => set(before));
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "primes-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("primes that were found before give the same key", async (t) => {
  const make = async () => (await rsaKeyPair(new Random("primes", "test"))).spki;
  keepIn(t, undefined);
  const searched = await make();
  const folder = newFolder(t);
  keepIn(t, folder);
  assert.deepEqual(await make(), searched);
  assert.equal(readdirSync(folder).length, 2);
  assert.deepEqual(await make(), searched);
});

test("a prime is found by its start and exponent; half a file is not read", (t) => {
  const folder = newFolder(t);
  keepIn(t, folder);
  keepFound(1n, 3n, 124n);
  assert.equal(foundBefore(1n, 3n), 124n);
  assert.equal(foundBefore(1n, 17n), undefined);
  assert.equal(foundBefore(2n, 3n), undefined);
  const [file = ""] = readdirSync(folder);
  writeFileSync(join(folder, file), "12");
  assert.equal(foundBefore(1n, 3n), undefined);
});

test("without a folder, and with one that is gone, nothing is kept", (t) => {
  for (const folder of [undefined, "", join(newFolder(t), "gone")]) {
    keepIn(t, folder);
    keepFound(1n, 3n, 124n);
    assert.equal(foundBefore(1n, 3n), undefined);
  }
});

test("primes that are brought are taken without a search", async (t) => {
  keepIn(t, newFolder(t));
  const make = async () => (await rsaKeyPair(new Random("primes", "brought"))).spki;
  const searched = await make();
  const folder = process.env.HONNIN_PRIMES ?? "";
  const files = readdirSync(folder);
  bringPrimes(
    Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8").trim()])),
  );
  for (const name of files) writeFileSync(join(folder, name), "1\n");
  assert.deepEqual(await make(), searched);
});
