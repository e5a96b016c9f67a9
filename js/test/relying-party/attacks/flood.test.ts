// Many requests that anyone can send, from many addresses, to keep others from logging in, out, or signing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { base, errorOf, fetched, openSite, post, reach, show, stateOf } from "../handoff/devices.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

test("handoffs from more addresses than the store has room for: others log in, log out and sign as before", async () => {
  const store = memoryStore({ maxEntries: 40, now: () => world.now });
  const opened = openSite(world, { store, handoff: { clientOf: { header: "x-client" } } });
  const victim = opened.browser();
  await victim.send(await world.begin(victim));
  const copy = victim.session;
  const { pc } = await reach(opened, "scanned");

  const codes: (string | undefined)[] = [];
  for (let address = 0; address < 60; address += 1) {
    const attacker = opened.browser();
    // A /64 each: one line has thousands.
    attacker.headers["x-client"] = `2001:db8:0:${address.toString(16)}::1`;
    codes.push(await errorOf(await post(attacker, "", {})));
  }
  assert.equal(codes.filter((code) => code === undefined).length, 4);
  assert.equal(codes.at(-1), "store-full");

  // Those under way go on, logins and signatures have their room, and what has ended is remembered.
  assert.equal((await stateOf(pc)).state, "scanned");
  const another = opened.browser();
  assert.equal((await another.send(await world.begin(another))).status, 303);
  assert.equal(await store.create("signature:x", "1", 60), true);
  const out = await victim.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  assert.equal(out.status, 303);
  assert.equal(await opened.party.session(new Request(site, { headers: { cookie: copy } })), undefined);

  // With the time of those that were left, there is room again.
  world.now += 1_300;
  await show(opened.browser());
  world.now -= 1_300;
});

test("requests without a handoff, however many: not one is stored, and each is answered at once", async () => {
  const kept = memoryStore({ now: () => world.now });
  const written: string[] = [];
  const store = {
    ...kept,
    create: (key: string, value: string, seconds: number) => {
      written.push(key);
      return kept.create(key, value, seconds);
    },
  };
  const opened = openSite(world, { store });
  const secret = "A".repeat(43);
  const cookie = `honnin-handoff-pc-00000000=${"0".repeat(32)}.${secret}`;
  for (let time = 0; time < 100; time += 1) {
    assert.equal(await codeOf(await opened.browser().send(`${base}/s/${secret}`)), "handoff-not-found");
    const headers = { ...fetched, cookie };
    const events = await opened.party.fetch(new Request(`${base}/events`, { headers }));
    assert.equal(events.status, 404);
    assert.equal(
      await codeOf(await opened.browser().send(`${site}/auth/callback?state=x&code=y`)),
      "login-cookie-missing",
    );
    assert.equal((await opened.browser().send(`${site}/auth/login`)).status, 303);
  }
  assert.deepEqual(written, []);
  assert.equal(world.provider.tokenRequests.length, 0);
});

test("a hundred streams of one computer end with its handoff", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "scanned");
  const open = async () => (await pc.send(`${base}/events`, { headers: fetched })).text();
  const streams = Promise.all(Array.from({ length: 100 }, open));
  assert.equal((await post(pc, "/cancel", {})).status, 200);
  for (const text of await streams) assert.match(text, /"state":"cancelled"/);
});
