// The faults that `npm run faults` plants in the arithmetic: each can still be planted, and the page says what catches it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { citation, missing } from "../docs/citations.ts";
import { read } from "./planted.ts";

interface Fault {
  readonly file: string;
  readonly fault: string;
  readonly from: string;
  readonly to: string;
  /** Why nothing changes. */
  readonly same?: string;
}

const faults = JSON.parse(read("crate/arithmetic/faults.json")) as readonly Fault[];
const page = read("docs/arithmetic.md");
const table = page.slice(page.indexOf("<!-- npm run faults"));

test("each fault changes one place of its file", () => {
  for (const { file, fault, from, to } of faults) {
    assert.equal(read(`crate/arithmetic/src/${file}`).split(from).length, 2, `${file}: ${fault}`);
    assert.notEqual(from, to, `${file}: ${fault}`);
  }
});

test("no fault is planted twice", () => {
  for (const key of ["fault", "to"] as const) {
    const seen = faults.map((one) => [one.file, one.from, one[key]].join("\n"));
    assert.equal(new Set(seen).size, seen.length, key);
  }
});

test("the page has a row for each fault, with tests that are there, or with the reason why nothing fails", () => {
  const rows = [...table.matchAll(/^\| `([\w./]+)` \| (.*) \| (.*) \|$/gm)].map(
    ([, file, fault, last = ""]) => ({
      at: `${file}: ${fault?.replaceAll("\\|", "|")}`,
      last: last.replaceAll("\\|", "|"),
    }),
  );
  const at = ({ file, fault }: Fault) => `${file}: ${fault}`;
  const caught = faults.filter(({ same }) => same === undefined);
  const unchanged = faults.filter(({ same }) => same !== undefined);
  assert.deepEqual(
    rows.map((row) => row.at),
    [...caught, ...unchanged].map(at),
  );
  for (const { at, last } of rows.slice(0, caught.length)) {
    assert.notEqual([...last.matchAll(citation)].length, 0, at);
    assert.deepEqual(missing(last), [], at);
  }
  assert.deepEqual(
    rows.slice(caught.length).map(({ last }) => last),
    unchanged.map(({ same }) => same),
  );
});
