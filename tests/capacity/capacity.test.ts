// What `npm run capacity` measures with: both logins verify the same, the calls of the store are counted, and the arithmetic.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { memoryStore } from "honnin/relying-party";
import { keyPair } from "../support/key-pair.ts";
import { type SmallService, startService } from "../support/small-service/process.ts";
import { countedStore } from "./counted-store.ts";
import { handOff, logIn } from "./flows.ts";
import { startSite } from "./measured-site.ts";
import { prove, variants } from "./ratios.ts";
import { page } from "./report/page.ts";
import type { Cost, Results } from "./results.ts";

const origin = "http://localhost:4000";
let service: SmallService;
let settings: string;
before(async () => {
  const key = await keyPair("ES256", "sig", "site");
  const client = { clientId: "site", key: key.registered, redirectUri: `${origin}/auth/callback` };
  service = await startService(client);
  settings = JSON.stringify({ origin, serviceOrigin: service.origin, clientId: "site", clientKey: key.own });
});
after(() => service?.close());

for (const [name, [program, ...args]] of variants)
  test(`${name}: ${name === "only HTTP" ? "verifies nothing" : "accepts a login and refuses what is wrong"}`, async () => {
    const site = await startSite(program, origin, [settings, ...args]);
    try {
      const proof = prove(name, site, service.origin);
      await (name === "only HTTP" ? assert.rejects(proof, /accepts what is wrong/) : proof);
    } finally {
      await site.close();
    }
  });

test("the calls of the store for a login and for a handoff", async () => {
  const site = await startSite("honnin", origin, [settings, "counted"]);
  const calls = async () => {
    const { store = {} } = await site.usage();
    return Object.fromEntries(
      Object.entries(store).map(([kind, { gets, creates, replaces, deletes }]) => [
        kind,
        [gets, creates, replaces, deletes],
      ]),
    );
  };
  try {
    await logIn(site.wire, service.origin);
    assert.deepEqual(await calls(), { code: [0, 1, 1, 0] });
    await handOff(site.wire, service.origin);
    assert.deepEqual(await calls(), {
      code: [0, 2, 2, 0],
      handoffs: [1, 1, 0, 0],
      handoff: [12, 1, 6, 0],
    });
  } finally {
    await site.close();
  }
});

test("what is stored counts for as long as it is there", async () => {
  const { store, counts } = countedStore(memoryStore());
  await store.create("kind:one", "12", 100);
  assert.deepEqual(counts.kind, {
    ...{ gets: 0, creates: 1, replaces: 0, deletes: 0 },
    ...{ bytes: 10, byteSeconds: 1_000, seconds: 100 },
  });
  await store.replace("kind:one", "12", "1234", 200);
  assert.equal(counts.kind?.bytes, 10 + 8 + 2 + 4);
  // The first value was there for a moment only.
  assert.ok(Math.abs((counts.kind?.byteSeconds ?? 0) - 12 * 200) < 50);
  await store.delete("kind:one");
  assert.ok((counts.kind?.byteSeconds ?? 0) < 100);
});

test("a million an hour", () => {
  const cost = (name: string, cpu: number, gets: number, creates: number): Cost => ({
    name,
    cpu,
    traffic: 1_000,
    store: {
      code: { gets, creates, replaces: 0, deletes: 0, bytes: 100, byteSeconds: 60_000, seconds: 600 },
    },
  });
  const results: Results = {
    date: "2026-01-01",
    machine: "a machine",
    plan: { rounds: 1, perRound: 1, warmUp: 1, seed: 1 },
    ratios: [
      { name: "honnin, without a store", samples: [3_000] },
      { name: "jose + oauth4webapi", samples: [2_000] },
    ],
    costs: [
      cost("login", 3_600, 0, 1),
      cost("handoff, without waiting", 36_000, 10, 1),
      cost("one poll of the state", 360, 1, 0),
      cost("one second of an open event stream", 36, 1, 0),
    ],
    redis: [{ name: "login", site: 3_600, store: 36 }],
    workerd: [],
    resident: 2 ** 20,
    perLogin: 100,
    perStream: 1_000,
  };
  const text = page(results);
  assert.match(text, /\| honnin, without a store \| 1\.50× \| 3,000 \|/);
  // 1,000,000 × 3.6 ms in 3,600 s.
  assert.match(text, /\| cores of the handler, fully used \| 1\.00 \|/);
  assert.match(text, /\| calls of Redis each second \| 278 \|/);
  assert.match(text, /\| cores of Redis, which uses one \| 0\.01 \|/);
  // 60,000 bytes × seconds, 277.8 times a second.
  assert.match(text, /\| bytes of keys and values in it \| 15\.9 MiB \|/);
  // Created, and its alarm.
  assert.match(text, /\| requests of objects, alarms included \| 2\.00 \|/);
  assert.match(text, /\| rows written \| 4\.00 \|/);
});
