// The faults that `npm run faults` plants in the arithmetic: each can still be planted, and the page says what catches it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { citation, missing } from "../docs/citations.ts";
import { root } from "../support/paths.ts";
import { read } from "./planted.ts";

interface Fault {
  readonly file: string;
  readonly fault: string;
  readonly from: string;
  readonly to: string;
  /** Why nothing changes. */
  readonly same?: string;
}

const { list, mark } = await import(pathToFileURL(join(root, "scripts/lib/faults.mjs")).href);
const faults: readonly Fault[] = list();
const source = ({ file }: Fault) => read(`crate/arithmetic/src/${file}`);
const title = ({ file, fault }: Fault) => `${file}: ${fault}`;

test("each fault changes one place of its file", () => {
  for (const fault of faults) {
    assert.equal(source(fault).split(fault.from).length, 2, title(fault));
    assert.notEqual(fault.from, fault.to, title(fault));
  }
});

test("no fault is planted twice", () => {
  const planted = faults.map((fault) => fault.file + source(fault).replace(fault.from, () => fault.to));
  assert.equal(new Set(planted).size, faults.length);
  assert.equal(new Set(faults.map(title)).size, faults.length);
});

test("each file of the arithmetic has faults", () => {
  const names = readdirSync(join(root, "crate/arithmetic/src"), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".rs") && !/^(tests|claims|lib)\b/.test(name));
  assert.deepEqual([...new Set(faults.map(({ file }) => file))].sort(), names.sort());
});

test("the page has a row for each fault, with tests that are there, or with the reason why nothing fails", () => {
  const [, table] = read("docs/arithmetic.md").split(mark());
  assert.ok(
    table !== undefined,
    "The list has changed since the table was written: npm run faults -- --write",
  );
  const plain = (cell = "") => cell.replaceAll("\\|", "|");
  const rows = [...table.matchAll(/^\| `([\w./]+)` \| (.*) \| (.*) \|$/gm)].map(([, file, fault, last]) => ({
    title: `${file}: ${plain(fault)}`,
    last: plain(last),
  }));
  const caught = faults.filter(({ same }) => same === undefined);
  const unchanged = faults.filter(({ same }) => same !== undefined);
  assert.deepEqual(
    rows.map(({ title }) => title),
    [...caught, ...unchanged].map(title),
  );
  for (const { title, last } of rows.slice(0, caught.length)) {
    assert.notEqual([...last.matchAll(citation)].length, 0, title);
    assert.deepEqual(missing(last), [], title);
  }
  assert.deepEqual(
    rows.slice(caught.length).map(({ last }) => last),
    unchanged.map(({ same }) => same),
  );
});
