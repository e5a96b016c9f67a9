// The report says what was measured, to the letter, and calls a missed target missed.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Results } from "../results.ts";
import { outcomes, type Target, targets } from "../targets.ts";
import { chart } from "./chart.ts";
import { bytesText, figure, memoryText } from "./format.ts";
import { page } from "./page.ts";
import { rowsTable } from "./rows.ts";
import { targetsTable } from "./targets.ts";
import { between } from "./write.ts";

const nothing: Results = {
  machine: {
    date: "2026-11-30",
    cpu: "A processor",
    cores: 2,
    memoryBytes: 4 * 2 ** 30,
    system: "Linux 6",
    rounds: 3,
    least: 20,
    versions: { Node: "20.20.2", jose: "6.2.17" },
  },
  missing: [],
  jobs: [],
  native: [],
  cold: [],
  growth: [],
  memory: [],
  bytes: [],
};

const idToken = {
  job: "id-token",
  title: "an ID token",
  environment: "Node",
  rows: [
    { name: "jose, imported key", samples: [210, 190, 200] },
    { name: "honnin", samples: [90, 100, 110] },
    { name: "fast-jwt", samples: [80, 80, 80] },
    { name: "pkijs", reason: "reads\nno tokens" },
  ],
} as const;

const measured: Results = {
  ...nothing,
  missing: [{ name: "Chromium", reason: "not installed" }],
  jobs: [idToken],
  memory: [
    {
      environment: "Node",
      job: "crl-million",
      name: "honnin",
      bytes: 6 << 20,
      linear: 3 << 20,
      input: 2 << 20,
    },
  ],
  bytes: [
    { id: "id-token.wasm", kind: "module", name: "module", raw: 60_000, gzip: 20_000, brotli: 14_000 },
    { id: "verifyIdToken", kind: "JavaScript", name: "script", raw: 9_000, gzip: 6_000, brotli: 5_001 },
  ],
};

test("figures have three digits, or all before the point", () => {
  assert.deepEqual([0.456, 1, 23.45, 123.4, 12_345.6].map(figure), ["0.46", "1.00", "23.5", "123", "12,346"]);
  assert.equal(bytesText(205_699), "205,699 B");
  assert.deepEqual([512, 3.5 * 2 ** 20].map(memoryText), ["0.5 KiB", "3.5 MiB"]);
});

test("a job is a table with ratios first, and a reason for a peer that cannot do it", () => {
  assert.equal(
    rowsTable(idToken.rows, "µs"),
    `| variant | × honnin | median, µs | quartiles, or the reason |
|---|---:|---:|---:|
| honnin | 1.00× | 100 | 95.0 – 105 |
| fast-jwt | 0.80× | 80.0 | 80.0 – 80.0 |
| jose, imported key | 2.00× | 200 | 195 – 205 |
| pkijs | – | – | reads no tokens |`,
  );
});

test("a target is reached, met, missed, or not measured", () => {
  const reached = (job: string, environment: string) =>
    outcomes(measured).find((one) => one.job.startsWith(job) && one.environment === environment);
  const summary = (job: string, environment: string) => {
    const one = reached(job, environment);
    return [one?.figure, one?.verdict];
  };
  assert.deepEqual(summary("ES256 ID token, whole, key in use", "Node"), [2, "met"]);
  assert.deepEqual(summary("ES256 ID token, whole, key in use", "Chromium"), [undefined, "not measured"]);
  assert.deepEqual(summary("the same, against fast-jwt", "Node"), [0.8, "missed"]);
  assert.deepEqual(summary("linear memory for a CRL", "Node"), [1.5, "missed"]);
  assert.deepEqual(summary("module for logins", "all"), [14_000, "goal reached"]);
  assert.deepEqual(summary("JavaScript of `verifyIdToken`", "all"), [5_001, "missed"]);
  assert.equal(outcomes(nothing).length, targets.length);
});

test("the table of targets says missed, and why something is missing", () => {
  const target = (found: number | undefined, more: Partial<Target>): Target => ({
    job: "a job",
    environment: "Node",
    kind: "ratio",
    safe: 2,
    find: () => found,
    ...more,
  });
  const some = [
    target(1.99, { goal: 3 }),
    target(3, { goal: 3 }),
    target(undefined, { environment: "Chromium" }),
    target(20_001, { environment: "all", kind: "bytes", safe: 20_000 }),
  ];
  assert.equal(
    targetsTable(outcomes(nothing, some), measured.missing),
    `| job | in | target | goal | reached | result |
|---|---:|---:|---:|---:|---:|
| a job | Node | ≥ 2.00× | ≥ 3.00× | 1.99× | **missed** |
| a job | Node | ≥ 2.00× | ≥ 3.00× | 3.00× | goal reached |
| a job | Chromium | ≥ 2.00× | – | – | not installed |
| a job |  | ≤ 20,000 B | – | 20,001 B | **missed** |`,
  );
});

test("the page has the machine, the targets, and what was measured", () => {
  const text = page(measured);
  assert.ok(
    text.startsWith(
      "Measured on 2026-11-30: A processor, 2 cores, 4,096.0 MiB, Linux 6. 3 rounds of at least 20 ms. " +
        "Versions: Node 20.20.2, jose 6.2.17.\n\nChromium: not installed.\n\n## Targets\n\n",
    ),
    text,
  );
  const heads = [...text.matchAll(/^##+ (.+)$/gm)].map(([, head]) => head);
  assert.deepEqual(heads, ["Targets", "An ID token", "Node: id-token", "Peak memory", "Bytes over the wire"]);
  assert.match(text, /^\| now \| 14,000 B \| 5,001 B \| 19,001 B \|$/m);
  assert.match(text, /^\| honnin \| crl-million \| Node \| 6.0 MiB \| 3.00× \| 3.0 MiB \| 1.50× \|$/m);
});

test("growth has ratios first too", () => {
  const growth = [
    {
      title: "keys",
      of: "keys",
      names: ["honnin", "jose"],
      points: [
        { at: 1_000, values: { honnin: 10, jose: 25 } },
        { at: 2_000, values: { honnin: 10, jose: "–" } },
      ],
    },
  ];
  assert.ok(
    page({ ...nothing, growth }).endsWith(`### Keys

| keys | jose, × honnin (µs) | honnin, µs |
|---|---:|---:|
| 1,000 | 2.50× (25.0) | 10.0 |
| 2,000 | – | 10.0 |`),
  );
});

test("only what is between the markers is written", () => {
  const [begin, end] = ["<!-- npm run bench -- --write -->", "<!-- end -->"];
  assert.equal(between(`a\n${begin}\nold\n${end}\nz`, "new"), `a\n${begin}\n\nnew\n\n${end}\nz`);
  assert.throws(() => between("a page", "new"), /must contain/);
});

test("the chart has a title, a description, a bar for each figure, and colours for light and dark", () => {
  const bars = [
    { name: "fast <peer>", ratio: 0.5 },
    { name: "slow & steady", ratio: 40 },
  ];
  const svg = chart("Times", [{ title: "a job", bars }]);
  assert.match(svg, /<title id="title">Times<\/title>/);
  assert.match(svg, /<desc id="desc">a job: fast &lt;peer&gt; 0\.50×, slow &amp; steady 40\.0×\.<\/desc>/);
  assert.equal(svg.match(/<rect class="faster"/g)?.length, 1);
  assert.equal(svg.match(/<rect class="slower"/g)?.length, 1);
  assert.match(svg, /prefers-color-scheme: dark/);
  // From 0.1 to 100, honnin is at a third of the width.
  assert.match(svg, /<line class="own" x1="423\.3"/);
});
