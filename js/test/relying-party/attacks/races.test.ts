// Requests that arrive at once, through two processes with one store, and a clock that goes back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, type Store } from "../../../src/relying-party/index.js";
import { Browser, codeOf } from "../browser.js";
import {
  authorize,
  base,
  errorOf,
  openSite,
  post,
  reach,
  scan,
  secretOf,
  show,
  stateOf,
  submit,
  type,
} from "../handoff/devices.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

/** A store whose answers come in another order each time, always the same ones for one seed. */
function jumbled(store: Store, seed: number): Store {
  let random = seed;
  const wait = async () => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    for (let turn = (random >> 16) % 6; turn > 0; turn -= 1) await new Promise(setImmediate);
  };
  const late =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      await wait();
      const result = await work(...args);
      await wait();
      return result;
    };
  return {
    get: late((key) => store.get(key)),
    create: late((key, value, seconds) => store.create(key, value, seconds)),
    replace: late((key, before, value, seconds) => store.replace(key, before, value, seconds)),
    delete: late((key) => store.delete(key)),
  };
}

test("cancelled and claimed at once: one of the two, never both", async () => {
  const ends = { claimed: 0, cancelled: 0 };
  for (let seed = 1; seed <= 24; seed += 1) {
    const kept = memoryStore({ now: () => world.now });
    let written = () => {};
    const claims: Store = {
      ...kept,
      async replace(...given) {
        const done = await kept.replace(...given);
        written();
        return done;
      },
    };
    const opened = openSite(world, { store: jumbled(claims, seed) });
    const other = openSite(world, { store: jumbled(kept, seed + 1_000) });
    const { pc, phone } = await reach(opened, "done");
    const [there, elsewhere] = [new Browser(other.party), new Browser(other.party)];
    for (const [name, cookie] of pc.cookies) there.cookies.set(name, cookie);
    for (const [name, cookie] of phone.cookies) elsewhere.cookies.set(name, cookie);
    // The others begin at once, or as soon as the claim is written and not yet answered.
    const begin =
      seed % 2 === 0
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            written = resolve;
          });
    const [claim] = await Promise.all([
      submit(pc, "/claim"),
      begin.then(() => submit(elsewhere, "/cancel")),
      begin.then(() => post(there, "/cancel", {})),
    ]);
    const { state } = await stateOf(pc);
    assert.ok(state === "claimed" || state === "cancelled", state);
    ends[state] += 1;
    assert.equal(opened.logins.length, state === "claimed" ? 1 : 0);
    if (state === "claimed") assert.equal(claim.status, 303);
    else assert.equal(await codeOf(claim), "handoff-cancelled");
    assert.equal(pc.named("honnin-session").length, opened.logins.length);
  }
  // Both happened, or this shows nothing.
  assert.ok(ends.claimed > 0 && ends.cancelled > 0, JSON.stringify(ends));
});

test("the right number and five wrong ones at once: a guess never gets more than its share", async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const opened = openSite(world, { store: jumbled(memoryStore({ now: () => world.now }), seed) });
    const { pc, number } = await reach(opened, "scanned");
    const wrong = [...Array(9).keys()].map((step) =>
      String((Number(number) + 1 + step) % 10 ** 6).padStart(6, "0"),
    );
    const codes = await Promise.all(wrong.map(async (guess) => errorOf(await type(pc, guess))));
    assert.equal(codes.filter((code) => code === "handoff-number-wrong").length, 4);
    assert.equal(await errorOf(await type(pc, number)), "handoff-tries-exhausted");
  }
});

test("a clock that goes back: what is spent, ended or counted stays so", async () => {
  const opened = openSite(world);
  const hour = 3_600;
  const back = async (check: () => Promise<void>) => {
    world.now -= hour;
    await check();
    world.now += hour;
  };
  // A code that was scanned, a number that was tried.
  const { pc, phone, url, number } = await reach(opened, "scanned");
  await type(pc, number === "000000" ? "000001" : "000000");
  await back(async () => {
    assert.equal(await codeOf(await opened.browser().send(url)), "handoff-state");
    assert.equal(
      await codeOf(await submit(opened.browser(), "/scan", { secret: secretOf(url) })),
      "handoff-state",
    );
    assert.equal((await stateOf(pc)).triesLeft, 4);
  });
  // A login that was brought and claimed.
  await type(pc, number);
  const callback = await authorize(world, phone);
  await phone.send(callback);
  assert.equal((await submit(pc, "/claim")).status, 303);
  const used = world.provider.tokenRequests.length;
  await back(async () => {
    await phone.send(callback);
    await submit(pc, "/claim");
  });
  assert.equal(world.provider.tokenRequests.length, used);
  assert.equal(opened.logins.length, 1);
  // A session that was ended.
  const copy = pc.session;
  assert.equal(
    (await pc.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } })).status,
    303,
  );
  const isThere = () => opened.party.session(new Request(site, { headers: { cookie: copy } }));
  assert.equal(await isThere(), undefined);
  await back(async () => assert.equal(await isThere(), undefined));
  // A cancelled handoff.
  const again = opened.browser();
  const lateUrl = await show(again);
  await post(again, "/cancel", {});
  await back(async () => {
    assert.equal(await codeOf(await opened.browser().send(lateUrl)), "handoff-cancelled");
    assert.equal((await stateOf(again)).state, "cancelled");
  });
  assert.equal(
    (await scan(opened.browser(), await show(opened.browser()))).headers.get("location"),
    `${base}/phone`,
  );
});
