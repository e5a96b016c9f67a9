// What the benchmark measures with: figures of samples, interleaved rounds, the proof before them, its flags.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "./options.ts";
import { objection } from "./proof.ts";
import { interleaved, rounds } from "./rounds.ts";
import { quantile, seeded, shuffled, summary } from "./statistics.ts";

test("the median and the quartiles lie between samples in proportion", () => {
  assert.deepEqual(summary([4, 1, 3, 2]), { median: 2.5, low: 1.75, high: 3.25 });
  assert.equal(quantile([7], 0.25), 7);
});

test("an order of chance has every item once, and a seed decides it", () => {
  const items = [1, 2, 3, 4, 5, 6];
  const orders = [1, 1, 2].map((seed) => shuffled(items, seeded(seed)));
  assert.deepEqual(orders[0], orders[1]);
  assert.notDeepEqual(orders[0], orders[2]);
  assert.deepEqual([...(orders[2] ?? [])].sort(), items);
});

test("each round has every variant once, in another order", async () => {
  const calls: string[] = [];
  const samples = await interleaved(["a", "b", "c"], { rounds: 20, seed: 1 }, async (name) => {
    return calls.push(name);
  });
  const orders = Array.from({ length: 20 }, (_, round) => calls.slice(3 * round, 3 * round + 3));
  for (const order of orders) assert.deepEqual([...order].sort(), ["a", "b", "c"]);
  assert.ok(new Set(orders.map((order) => order.join())).size > 3);
  for (const name of ["a", "b", "c"]) assert.equal(samples.get(name)?.length, 20);
});

test("a round takes its time, and the samples are of one operation", async () => {
  // Milliseconds of one operation.
  const costs = new Map([
    ["quick", 0.01],
    ["slow", 50],
  ]);
  const counts: [string, number][] = [];
  const timed = async (name: string, iterations: number) => {
    counts.push([name, iterations]);
    return (costs.get(name) ?? 0) * iterations;
  };
  const samples = await rounds(["quick", "slow"], timed, { rounds: 3, least: 20, seed: 1, warmUp: 100 });
  assert.deepEqual(samples.get("slow"), [50_000, 50_000, 50_000]);
  for (const sample of samples.get("quick") ?? []) assert.ok(Math.abs(sample - 10) < 1e-9, `${sample}`);
  for (const [name, count] of counts.slice(-6)) assert.ok((costs.get(name) ?? 0) * count >= 20, name);
});

test("a variant is timed only if it accepts what is good and refuses the rest", async () => {
  const inputs = { good: [1, 2], bad: [3] };
  assert.equal(await objection((input) => input < 3, inputs), undefined);
  assert.equal(await objection(async (input) => input < 3, inputs), undefined);
  assert.equal(await objection(() => true, inputs), "accepts a flipped bit");
  assert.equal(await objection(() => false, inputs), "refuses the valid input: refused");
  const throwing = (input: number) => {
    // As one of the peers does it.
    if (input > 1) throw { message: "too large" };
    return true;
  };
  assert.equal(await objection(throwing, inputs), "refuses the valid input: too large");
});

test("flags", () => {
  const known = ["id-token", "bytes"];
  assert.deepEqual(readOptions(["--only", "bytes,id-token", "--quick", "--in", "Node"], known), {
    quick: true,
    write: false,
    only: ["bytes", "id-token"],
    environments: ["Node"],
    plan: { rounds: 5, least: 10, seed: 2026, warmUp: 400 },
  });
  assert.equal(readOptions(["--write"], known).write, true);
  const refused: [string[], RegExp][] = [
    [["--fast"], /^Error: --fast is not a flag of this command\. Usage: npm run bench/],
    [["--only", "tokens"], /^Error: --only names tokens\. Choose from id-token, bytes\.$/],
    [["--only"], /^Error: --only names nothing\./],
    [["--in", "Safari"], /^Error: --in names Safari\. Choose from Node, Chromium, Firefox, workerd\.$/],
    [["--write", "--only", "bytes"], /^Error: --write needs all figures/],
  ];
  for (const [args, message] of refused) assert.throws(() => readOptions(args, known), message);
});
