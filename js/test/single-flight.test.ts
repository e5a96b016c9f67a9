import assert from "node:assert/strict";
import { test } from "node:test";
import { SingleFlight, within } from "../src/single-flight.ts";

const never = new Promise<never>(() => {});
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("all who ask meanwhile get the one result; afterwards the work is done anew", async () => {
  let runs = 0;
  const flights = new SingleFlight<number>(1000);
  const work = async () => {
    await turn();
    return ++runs;
  };
  const results = await Promise.all(Array.from({ length: 100 }, () => flights.run("any", work)));
  assert.deepEqual(new Set(results), new Set([1]));
  assert.equal(await flights.run("any", work), 2);
});

test("a failure goes to all who joined and is not kept", async () => {
  const flights = new SingleFlight<string>(1000);
  const failing = async () => {
    await turn();
    throw new Error("down");
  };
  const results = await Promise.allSettled([1, 2, 3].map(() => flights.run("any", failing)));
  assert.ok(results.every((result) => result.status === "rejected" && result.reason.message === "down"));
  assert.equal(await flights.run("any", async () => "up"), "up");
});

test("who wants something new does not join work for something old; the other way round they do", async () => {
  const flights = new SingleFlight<string>(1000);
  let finish: (value: string) => void = () => {};
  const old = flights.run(
    "any",
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  assert.equal(flights.isUnderWay("any"), true);
  assert.equal(flights.isUnderWay("new"), false);
  const fresh = flights.run("new", async () => {
    await turn();
    return "new";
  });
  assert.equal(flights.isUnderWay("new"), true);
  assert.equal(await flights.run("any", async () => "other"), "new");
  finish("old");
  assert.equal(await old, "old");
  assert.equal(await fresh, "new");
});

test("work of a cancelled request is given up after the patience, by all who wait, and done once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const flights = new SingleFlight<string>(1000);
  let runs = 0;
  void flights.run("any", () => never);
  t.mock.timers.tick(400);
  const waiting = Promise.all(
    Array.from({ length: 50 }, () => flights.run("any", async () => `run ${++runs}`)),
  );
  t.mock.timers.tick(599);
  await turn();
  assert.equal(runs, 0);
  t.mock.timers.tick(1);
  assert.deepEqual(new Set(await waiting), new Set(["run 1"]));
});

test("whoever comes after the patience does not wait at all", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const flights = new SingleFlight<string>(1000);
  void flights.run("new", () => never);
  t.mock.timers.tick(1000);
  assert.equal(flights.isUnderWay("any"), false);
  assert.equal(await flights.run("any", async () => "at once"), "at once");
});

test("work that was given up and ends late does not disturb its successor", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const flights = new SingleFlight<string>(1000);
  let finish: (value: string) => void = () => {};
  const late = flights.run(
    "any",
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  t.mock.timers.tick(1000);
  void flights.run("any", () => never);
  finish("late");
  assert.equal(await late, "late");
  assert.equal(flights.isUnderWay("any"), true);
});

test("a clock that was set back does not make anyone wait longer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const flights = new SingleFlight<string>(1000);
  void flights.run("any", () => never);
  t.mock.timers.setTime(1_000_000);
  t.mock.method(Date, "now", () => 0);
  const waiting = flights.run("any", async () => "done");
  t.mock.timers.tick(1000);
  t.mock.restoreAll();
  assert.equal(await waiting, "done");
});

test("within: the value, the error, or the end of waiting", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  assert.equal(await within(10, Promise.resolve(1)), 1);
  await assert.rejects(within(10, Promise.reject(new Error("x"))), /x/);
  const waiting = within(10, never);
  t.mock.timers.tick(10);
  await assert.rejects(waiting, /no result within 10 ms/);
});
