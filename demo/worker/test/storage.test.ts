// The Durable Object and the cache of keys by themselves, in workerd, reached from here by RPC.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const source = `
import { keySetCache } from "./key-set-cache.ts";
import { keeper } from "./keeper.ts";
import { Kept } from "./kept.ts";

export class Probe extends Kept {
  alarmAt() { return this.ctx.storage.getAlarm(); }
  names() { return this.ctx.storage.list().then((all) => [...all.keys()]); }
  ring() { return this.alarm(); }
  text() { return this.get().then((kept) => JSON.stringify(kept)); }
}

export default {
  async fetch(request, env) {
    const { url, entry, keep } = await request.json();
    if (keep) return Response.json((await keeper(env.PROBE)[keep.call](keep.value)) ?? null);
    const cache = keySetCache("https://site.example");
    if (entry) await cache.set(url, entry);
    return Response.json((await cache.get(url)) ?? null);
  },
};
`;

/** The object as the tests see it. */
interface Probe {
  put(value: unknown, seconds: number): Promise<void>;
  /** What is kept, as JSON: objects come as proxies over this kind of RPC. */
  text(): Promise<string | undefined>;
  forget(): Promise<void>;
  alarmAt(): Promise<number | null>;
  names(): Promise<string[]>;
  ring(): Promise<void>;
}

let miniflare: Miniflare;
before(async () => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL("../src", import.meta.url)), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    external: ["cloudflare:workers"],
  });
  const script = outputFiles[0]?.text ?? "";
  const worker = (name: string) => ({
    name,
    modules: [{ type: "ESModule" as const, path: "probe.js", contents: script }],
    modulesRoot: "/",
    compatibilityDate: "2026-04-01",
    durableObjects: { PROBE: { className: "Probe", useSQLite: true } },
  });
  miniflare = new Miniflare({ workers: [worker("one"), worker("other")] });
  await miniflare.ready;
});
after(() => miniflare.dispose());

async function probe(name: string): Promise<Probe> {
  const namespace = await miniflare.getDurableObjectNamespace("PROBE", "one");
  return namespace.get(namespace.idFromName(name)) as unknown as Probe;
}

const value = { sub: "somebody", user: { name: "架空　花子" }, steps: [{ id: "signature" }] };

test("a value is kept, with an alarm at the end of its time", async () => {
  const object = await probe("kept");
  const before = Date.now();
  await object.put(value, 600);
  assert.deepEqual(JSON.parse((await object.text()) ?? ""), value);
  const alarmAt = (await object.alarmAt()) ?? 0;
  assert.ok(alarmAt >= before + 600_000 && alarmAt <= Date.now() + 600_000);
});

test("a value whose time is over is not handed out, should the alarm be late", async () => {
  const object = await probe("late");
  await object.put(value, 600);
  await object.put(value, -1);
  assert.equal(await object.text(), undefined);
});

test("the alarm leaves nothing behind", async () => {
  const object = await probe("rung");
  await object.put(value, 600);
  await object.ring();
  assert.equal(await object.text(), undefined);
  assert.deepEqual(await object.names(), []);
  assert.equal(await object.alarmAt(), null);
});

test("forgetting leaves nothing behind, and one object knows nothing of another", async () => {
  const object = await probe("forgotten");
  const other = await probe("other");
  await object.put(value, 600);
  await other.put({ sub: "somebody else" }, 600);
  await object.forget();
  assert.deepEqual(await object.names(), []);
  assert.equal(await object.alarmAt(), null);
  assert.equal(JSON.parse((await other.text()) ?? "").sub, "somebody else");
});

test("results are kept under an id that nobody can guess; one that was made up leads to nothing", async () => {
  const keep = (call: string, value: unknown) => cached("one", { keep: { call, value } });
  const id = await keep("put", value);
  assert.match(String(id), /^[0-9a-f]{64}$/);
  assert.notEqual(await keep("put", value), id);
  assert.deepEqual(await keep("get", id), value);
  for (const made of ["0".repeat(64), "x", ""]) {
    assert.equal(await keep("get", made), null, made);
    assert.equal(await keep("forget", made), null, made);
  }
  await keep("forget", id);
  assert.equal(await keep("get", id), null);
});

async function cached(worker: string, body: object): Promise<unknown> {
  const fetcher = await miniflare.getWorker(worker);
  const response = await fetcher.fetch("https://site.example/", {
    method: "POST",
    body: JSON.stringify(body),
  });
  return response.json();
}

test("a key set that one isolate kept is there for another", async () => {
  const url = "https://op.example/certs?a=1";
  const now = Math.floor(Date.now() / 1000);
  const entry = { text: '{"keys":[]}', fetchedAt: now, expiresAt: now + 600 };
  assert.equal(await cached("one", { url }), null);
  assert.deepEqual(await cached("one", { url, entry }), entry);
  assert.deepEqual(await cached("other", { url }), entry);
  assert.equal(await cached("other", { url: "https://op.example/certs?a=2" }), null);
});

test("a set past its expiry is still handed out: remoteKeys decides whether it may serve", async () => {
  const url = "https://op.example/stale";
  const now = Math.floor(Date.now() / 1000);
  const entry = { text: '{"keys":[]}', fetchedAt: now - 700, expiresAt: now - 100 };
  assert.deepEqual(await cached("one", { url, entry }), entry);
});
