import assert from "node:assert/strict";
import { test } from "node:test";
import { type KeySetCache, type KeySetCacheEntry, type RemoteKeysOptions, remoteKeys } from "honnin";
import { aKey, Endpoint } from "../support/endpoint.ts";
import { codeOf, refusalOf } from "../support/refusal.ts";
import { serve } from "../support/server.ts";

const never = new Promise<never>(() => {});
const turn = () => new Promise((resolve) => setImmediate(resolve));
const times = <T>(count: number, call: () => T) => Promise.all(Array.from({ length: count }, call));

function keysAt(endpoint: Endpoint, options: RemoteKeysOptions = {}) {
  const { url, fetch, now } = endpoint;
  return remoteKeys(url, { fetch, now, ...options });
}

test("nothing is fetched before the keys are needed", () => {
  const endpoint = new Endpoint();
  keysAt(endpoint);
  assert.equal(endpoint.fetches, 0);
});

test("a set is fetched once, by however many callers, and kept", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  const texts = await times(1000, () => keys.get());
  assert.deepEqual(new Set(texts), new Set([endpoint.text]));
  assert.equal(await keys.get(), endpoint.text);
  assert.equal(endpoint.fetches, 1);
});

for (const [what, headers, lifetime] of [
  ["nothing said", {}, 600],
  ["max-age", { "cache-control": "public, max-age=900" }, 900],
  ["max-age first", { "cache-control": "Max-Age=900, must-revalidate" }, 900],
  ["max-age in quotes", { "cache-control": 'max-age="900"' }, 900],
  ["an age already reached", { "cache-control": "max-age=900", age: "200" }, 700],
  ["less than the least", { "cache-control": "max-age=1" }, 60],
  ["an age above max-age", { "cache-control": "max-age=900", age: "1000" }, 60],
  ["more than the most", { "cache-control": "max-age=31536000" }, 3600],
  ["a number without end", { "cache-control": "max-age=999999999999999" }, 3600],
  ["no-store", { "cache-control": "no-store, max-age=900" }, 60],
  ["no-cache", { "cache-control": "no-cache" }, 60],
  ["s-maxage, which is for others", { "cache-control": "s-maxage=900" }, 600],
  ["white space around it", { "cache-control": "public,\tMAX-AGE=900 \t,x" }, 900],
  ["no-store among others", { "cache-control": "max-age=900 , No-Store\t" }, 60],
  ["names that contain others", { "cache-control": "no-store-x, x-no-cache, max-age=900" }, 900],
  ["a value that is no number alone", { "cache-control": "max-age=900x, max-age=800" }, 800],
  ["nonsense", { "cache-control": "max-age=-5", age: "x" }, 600],
] as [string, Record<string, string>, number][]) {
  test(`lifetime with ${what}: ${lifetime} s`, async () => {
    const endpoint = new Endpoint();
    endpoint.headers = headers;
    const keys = keysAt(endpoint);
    await keys.get();
    endpoint.time += lifetime - 1;
    await keys.get();
    assert.equal(endpoint.fetches, 1);
    endpoint.time += 1;
    const rotated = endpoint.rotate();
    assert.equal(await keys.get(), rotated);
    assert.equal(endpoint.fetches, 2);
  });
}

test("the lifetime's bounds are options", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint, { defaultMaxAge: 5, minMaxAge: 1, maxMaxAge: 10 });
  await keys.get();
  endpoint.time += 5;
  endpoint.headers = { "cache-control": "max-age=100" };
  await keys.get();
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 10;
  await keys.get();
  assert.equal(endpoint.fetches, 3);
});

test("1,000 unknown keys cause one fetch a cool-down, one after the other or at once", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  await keys.get();
  for (let i = 0; i < 1000; i++) await keys.refresh();
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 29;
  assert.equal(await keys.refresh(), undefined);
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 1;
  const texts = await times(1000, () => keys.refresh());
  assert.deepEqual(new Set(texts), new Set([endpoint.text]));
  assert.equal(endpoint.fetches, 3);
});

test("the same when the endpoint fails", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  await keys.get();
  endpoint.goDown();
  const results = await Promise.allSettled(Array.from({ length: 500 }, () => keys.refresh()));
  assert.ok(
    results.every((result) => result.status === "rejected" && result.reason.code === "keys-unreachable"),
  );
  for (let i = 0; i < 500; i++) assert.equal(await keys.refresh(), undefined);
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 30;
  assert.equal(await codeOf(() => keys.refresh()), "keys-unreachable");
  assert.equal(endpoint.fetches, 3);
});

test("a key rotated right after a fetch is found at once", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  await keys.get();
  const rotated = endpoint.rotate();
  assert.equal(await keys.refresh(), rotated);
  assert.equal(await keys.get(), rotated);
  assert.equal(endpoint.fetches, 2);
});

test("the same with a cache, which has the old set still", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint, { cache: new Cache() });
  await keys.get();
  const rotated = endpoint.rotate();
  assert.equal(await keys.refresh(), rotated);
});

test("after a failed fetch for another reason, unknown keys wait for the cool-down as well", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  await keys.get();
  endpoint.goDown();
  endpoint.time += 600;
  await keys.get();
  assert.equal(await keys.refresh(), undefined);
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 30;
  assert.equal(await codeOf(() => keys.refresh()), "keys-unreachable");
});

test("a refresh does not settle for a fetch that began for another reason, and counts as a fetch for it", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  const [first, second] = await Promise.all([keys.get(), keys.refresh()]);
  assert.equal(first, second);
  assert.equal(endpoint.fetches, 2);
});

const aSet = JSON.stringify({ keys: [aKey] });
/** Members that leave nothing to verify with; `undefined` stands for one that is missing. */
const unusable: Record<string, unknown>[] = [
  { use: "enc" },
  { use: "" },
  { crv: undefined },
  { crv: "secp256k1" },
  { x: undefined },
  { y: "" },
  { alg: "ECDH-ES" },
  { alg: "RSA-OAEP" },
  { alg: 5 },
  { key_ops: ["deriveKey"] },
  { key_ops: "verify" },
  { kty: "RSA" },
  { kty: "RSA", n: "AA" },
  { kty: "oct" },
  { kty: "AKP" },
];

for (const [what, failure, code] of [
  ["no connection", () => Promise.reject(new TypeError("fetch failed")), "keys-unreachable"],
  ["status 500", () => new Response("oops", { status: 500 }), "endpoint-unavailable"],
  ["status 429", () => new Response("{}", { status: 429 }), "endpoint-unavailable"],
  ["status 404 with a set", () => new Response(aSet, { status: 404 }), "response-malformed"],
  ["a set without keys", () => new Response('{"keys":[]}'), "response-malformed"],
  ["a set of a key that is none", () => new Response('{"keys":[{}]}'), "response-malformed"],
  ["a set of texts", () => new Response('{"keys":["EC"]}'), "response-malformed"],
  ...unusable.map(
    (members) =>
      [
        `a set whose key has ${JSON.stringify(members, (_, value) => value ?? "nothing")}`,
        () => Response.json({ keys: [{ ...aKey, ...members }] }),
        "response-malformed",
      ] as const,
  ),
  ["a set of symmetric names", () => new Response('{"keys":[{"kty":"oct"}]}'), "response-malformed"],
  ["a set with its keys twice", () => new Response(`{"keys":[],${aSet.slice(1)}`), "response-malformed"],
  ["a redirect", () => Response.redirect("https://elsewhere.example/"), "response-malformed"],
  ["a page", () => new Response("<!doctype html>"), "response-malformed"],
  ["an array", () => Response.json([]), "response-malformed"],
  ["no keys", () => Response.json({}), "response-malformed"],
  ["keys that are none", () => Response.json({ keys: {} }), "response-malformed"],
  ["what is not UTF-8", () => new Response(Uint8Array.of(0xff)), "response-malformed"],
  ["too much", () => new Response(`{"keys":[${" ".repeat(262_144)}]}`), "response-too-large"],
] as [string, () => Response, string][]) {
  test(`${what}: ${code} without a set, the old set with one`, async () => {
    const endpoint = new Endpoint();
    endpoint.failure = failure;
    const keys = keysAt(endpoint);
    assert.equal(await codeOf(() => keys.get()), code);

    endpoint.goUp();
    endpoint.time += 30;
    const good = await keys.get();
    endpoint.failure = failure;
    endpoint.time += 600;
    assert.equal(await keys.get(), good);
    assert.equal(endpoint.fetches, 3);
    endpoint.time += 30;
    assert.equal(await codeOf(() => keys.refresh()), code);
    assert.equal(await keys.get(), good);
  });
}

test("the size limit is an option", async () => {
  const endpoint = new Endpoint();
  assert.equal(
    await codeOf(() => keysAt(endpoint, { maxBytes: aSet.length - 1 }).get()),
    "response-too-large",
  );
  assert.equal(await keysAt(endpoint, { maxBytes: aSet.length }).get(), endpoint.text);
});

test("an endpoint that hangs ends in endpoint-timeout", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint, { fetch: () => never, timeout: 2 });
  const code = codeOf(() => keys.get());
  await turn();
  t.mock.timers.tick(2000);
  assert.equal(await code, "endpoint-timeout");
});

test("stale-if-error: the last good set for a day, one attempt a cool-down, then the error", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  const good = await keys.get();
  endpoint.goDown();
  endpoint.time += 600;
  for (let i = 0; i < 100; i++) assert.equal(await keys.get(), good);
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 30;
  assert.equal(await keys.get(), good);
  assert.equal(endpoint.fetches, 3);
  endpoint.time += 86_400 - 30;
  assert.equal(await keys.get(), good);
  endpoint.time += 30.001;
  assert.equal(await codeOf(() => keys.get()), "keys-unreachable");
});

test("stale-if-error ends with the outage, and can be turned off", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  const strict = keysAt(endpoint, { staleIfError: 0 });
  const good = await keys.get();
  await strict.get();
  endpoint.goDown();
  endpoint.time += 601;
  assert.equal(await keys.get(), good);
  assert.equal(await codeOf(() => strict.get()), "keys-unreachable");
  endpoint.goUp();
  endpoint.time += 30;
  const rotated = endpoint.rotate();
  assert.equal(await keys.get(), rotated);
  assert.equal(await strict.get(), rotated);
});

test("without any set, failures are repeated for 1, 2, 4 … seconds, at most the cool-down", async () => {
  const endpoint = new Endpoint();
  endpoint.goDown();
  const keys = keysAt(endpoint);
  const waits: number[] = [];
  let fetches = 0;
  let last = endpoint.time;
  while (waits.length < 8) {
    await codeOf(() => keys.get());
    await codeOf(() => keys.get());
    if (endpoint.fetches > fetches) {
      if (fetches > 0) waits.push(endpoint.time - last);
      fetches = endpoint.fetches;
      last = endpoint.time;
    }
    endpoint.time += 1;
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
  endpoint.goUp();
  endpoint.time += 30;
  assert.equal(await keys.get(), endpoint.text);

  // A success ends the count: the next failure is followed by an attempt a second later.
  endpoint.goDown();
  endpoint.time += 1_000_000;
  await codeOf(() => keys.get());
  fetches = endpoint.fetches;
  endpoint.time += 1;
  await codeOf(() => keys.get());
  assert.equal(endpoint.fetches, fetches + 1);
});

test("a clock that is set back does not freeze the cool-down or keep a set for ever", async () => {
  const endpoint = new Endpoint();
  const keys = keysAt(endpoint);
  await keys.get();
  await keys.refresh();
  endpoint.time -= 1_000_000;
  const rotated = endpoint.rotate();
  assert.equal(await keys.get(), rotated);
  assert.equal(await keys.refresh(), rotated);
});

for (const seconds of [30, 1_000_000]) {
  test(`what is fetched after the clock was set back by ${seconds} s is kept`, async () => {
    const endpoint = new Endpoint();
    const keys = keysAt(endpoint);
    await keys.get();
    endpoint.time -= seconds;
    const rotated = endpoint.rotate();
    assert.equal(await keys.refresh(), rotated);
    for (let i = 0; i < 10; i++) assert.equal(await keys.get(), rotated);
    assert.equal(endpoint.fetches, 2);
    endpoint.goDown();
    endpoint.time += 700;
    assert.equal(await keys.get(), rotated);
  });
}

class Cache implements KeySetCache {
  readonly entries = new Map<string, KeySetCacheEntry>();
  async get(url: string) {
    return this.entries.get(url);
  }
  async set(url: string, entry: KeySetCacheEntry) {
    this.entries.set(url, JSON.parse(JSON.stringify(entry)));
  }
}

test("a cache outside spares other isolates the fetch, for as long as the set is fresh", async () => {
  const endpoint = new Endpoint();
  const cache = new Cache();
  const good = await keysAt(endpoint, { cache }).get();
  assert.deepEqual(cache.entries.get(endpoint.url), {
    text: good,
    fetchedAt: endpoint.time,
    expiresAt: endpoint.time + 600,
  });
  endpoint.time += 599;
  assert.equal(await keysAt(endpoint, { cache }).get(), good);
  assert.equal(endpoint.fetches, 1);
  endpoint.time += 1;
  const rotated = endpoint.rotate();
  assert.equal(await keysAt(endpoint, { cache }).get(), rotated);
  assert.equal(cache.entries.get(endpoint.url)?.text, rotated);
});

test("a stale set from the cache helps a new isolate over an outage", async () => {
  const endpoint = new Endpoint();
  const cache = new Cache();
  const good = await keysAt(endpoint, { cache }).get();
  endpoint.goDown();
  endpoint.time += 700;
  const cold = keysAt(endpoint, { cache });
  for (let i = 0; i < 10; i++) assert.equal(await cold.get(), good);
  assert.equal(endpoint.fetches, 2);
  endpoint.time += 86_400;
  assert.equal(await codeOf(() => keysAt(endpoint, { cache }).get()), "keys-unreachable");
});

test("isolates that share a cache share the cool-down, and what one of them has found", async () => {
  const endpoint = new Endpoint();
  const cache = new Cache();
  const isolates = Array.from({ length: 20 }, () => keysAt(endpoint, { cache }));
  for (const keys of isolates) await keys.get();
  assert.equal(endpoint.fetches, 1);
  endpoint.time += 100;
  const rotated = endpoint.rotate();
  for (const keys of isolates) assert.equal(await keys.refresh(), rotated);
  assert.equal(endpoint.fetches, 2);
});

test("a set that a machine whose clock is ahead put into the cache gives way to the one fetched after it", async () => {
  const endpoint = new Endpoint();
  const cache = new Cache();
  const ahead = keysAt(endpoint, { cache, now: () => endpoint.time + 50 });
  const keys = keysAt(endpoint, { cache });
  assert.equal(await ahead.get(), await keys.get());
  const rotated = endpoint.rotate();
  // Not within the cool-down that the isolates share.
  cache.entries.clear();
  assert.equal(await keys.refresh(), rotated);
  assert.equal(await keys.get(), rotated);
});

test("after the clock was set back, what the cache has counts for more than what is kept from the future", async () => {
  const endpoint = new Endpoint();
  const cache = new Cache();
  const keys = keysAt(endpoint, { cache });
  await keys.get();
  endpoint.time -= 1_000;
  const rotated = endpoint.rotate();
  cache.entries.clear();
  assert.equal(await keysAt(endpoint, { cache }).get(), rotated);
  assert.equal(await keys.get(), rotated);
  assert.equal(endpoint.fetches, 2);
});

test("what the cache holds is checked", async () => {
  const endpoint = new Endpoint();
  const good = {
    text: '{"keys":[{"kty":"RSA","use":"sig","kid":"cached","n":"AA","e":"AQAB"}]}',
    fetchedAt: endpoint.time,
    expiresAt: endpoint.time + 600,
  };
  const first = async (entry: unknown, options: RemoteKeysOptions = {}) => {
    const cache = new Cache();
    cache.entries.set(endpoint.url, entry as KeySetCacheEntry);
    return keysAt(endpoint, { cache, ...options }).get();
  };
  assert.equal(await first(good), good.text);
  for (const bad of [
    null,
    "text",
    {},
    { ...good, text: "<html>" },
    { ...good, text: "{}" },
    { ...good, text: 1 },
    { ...good, fetchedAt: undefined },
    { ...good, expiresAt: "tomorrow" },
    { ...good, expiresAt: Number.POSITIVE_INFINITY },
    { ...good, fetchedAt: endpoint.time + 61 },
    { ...good, expiresAt: endpoint.time },
    // Older than this caller allows, whatever it says itself.
    { ...good, fetchedAt: endpoint.time - 3600, expiresAt: endpoint.time + 1e9 },
  ]) {
    assert.equal(await first(bad), endpoint.text, JSON.stringify(bad));
  }
  assert.equal(await first(good, { maxBytes: good.text.length - 1 }), endpoint.text);
});

test("a cache that fails or hangs counts as empty", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const endpoint = new Endpoint();
  const fail = () => {
    throw new Error("no cache");
  };
  const failing = { get: fail, set: fail };
  assert.equal(await keysAt(endpoint, { cache: failing }).get(), endpoint.text);
  const rejecting = { get: () => Promise.reject(new Error("x")), set: () => Promise.reject(new Error("x")) };
  assert.equal(await keysAt(endpoint, { cache: rejecting }).get(), endpoint.text);

  const hanging = keysAt(endpoint, { cache: { get: () => never, set: () => never } }).get();
  const before = endpoint.fetches;
  t.mock.timers.tick(1000);
  while (endpoint.fetches === before) await turn();
  for (let i = 0; i < 20; i++) await turn();
  t.mock.timers.tick(1000);
  assert.equal(await hanging, endpoint.text);
});

test("over real HTTP: the platform's fetch, the request as it is sent", async (t) => {
  const origin = await serve(t, (request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ keys: [aKey], asked: [request.method, request.url, request.headers.accept] }),
    );
  });
  const { asked } = JSON.parse(await remoteKeys(`${origin}/certs?a=b`).get());
  assert.deepEqual(asked, ["GET", "/certs?a=b", "application/jwk-set+json, application/json"]);
});

for (const url of ["http://op.example/certs", "https://a:b@op.example/certs", "certs", ""]) {
  test(`keys at ${JSON.stringify(url)} are refused`, async () => {
    assert.equal(await codeOf(() => remoteKeys(url)), "options-invalid");
  });
}

for (const options of [
  { timeout: 0 },
  { timeout: 61 },
  { timeout: -1 },
  { timeout: Number.NaN },
  { timeout: "5" },
  { coolDown: -1 },
  { staleIfError: Number.POSITIVE_INFINITY },
  { minMaxAge: 10, maxMaxAge: 9 },
  { fetch: "fetch" },
  { now: "1" },
  { now: 1_795_143_600_000 },
  { cache: {} },
  { cache: 1 },
]) {
  test(`the option ${JSON.stringify(options)} is refused by name`, async () => {
    const { code, message } = await refusalOf(() => remoteKeys("https://op.example/", options as never));
    assert.equal(code, "options-invalid");
    assert.ok(message.startsWith(Object.keys(options)[0] as string));
  });
}

test("an option that does not exist is refused", async () => {
  assert.equal(
    await codeOf(() => remoteKeys("https://op.example/", { cooldown: 1 } as never)),
    "options-invalid",
  );
});
