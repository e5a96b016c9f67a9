// Two server processes on one Redis, which create and replace the same keys at once, and are killed while they do. HONNIN_SEED=…
// repeats the choices, but not the moments in which processes run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { redisStore } from "honnin/relying-party/redis";
import { type Outcome, ServerProcess } from "./load/server-process.ts";
import { nodeRedis } from "./redis-clients.ts";
import { RedisServer, skip } from "./redis-server.ts";

const KEYS = 400;
const KEYS_AT_ONCE = 40;
/** Concurrent creates of one key, and concurrent replacements of one value. */
const RIVALS = 16;
const GENERATIONS = 3;
const KILLS = 10;
const LIFETIME = 600;

const seed = Number(process.env.HONNIN_SEED ?? 1);

/** Mulberry32: numbers from 0 to 1. */
function random(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("exactly one of many rivals wins, whichever process is killed", { skip }, async (t) => {
  const redis = await RedisServer.start();
  const client = await nodeRedis(redis.socket);
  const isConnected = async (name: string) =>
    (await client.clientList()).some((connection) => connection.name === name);
  const servers = [
    new ServerProcess(redis.socket, isConnected),
    new ServerProcess(redis.socket, isConnected),
  ];
  const restarts: Promise<void>[] = [];
  t.after(async () => {
    await Promise.allSettled(restarts);
    await Promise.all(servers.map((server) => server.close()));
    client.destroy();
    await redis.remove();
  });
  await Promise.all(servers.map(({ ready }) => ready));
  const observer = redisStore(client);
  const next = random(seed);

  const times: number[] = [];
  const seen = { won: 0, lost: 0, unknown: 0, wonUnheard: 0, nobody: 0 };
  const total = KEYS * RIVALS * (1 + GENERATIONS);
  const kills = Array.from({ length: KILLS }, () => Math.floor(next() * 0.9 * total)).sort((a, b) => a - b);
  /** After a failure, nothing more is called or killed. */
  let isOver = false;

  async function attempt(call: string, ...given: unknown[]): Promise<Outcome> {
    const server = servers[Math.floor(next() * servers.length)] ?? assert.fail();
    await server.ready;
    if (isOver) throw new Error("the test is over");
    const start = performance.now();
    const outcome = await server.call(call, ...given);
    times.push(performance.now() - start);
    if (times.length >= (kills[0] ?? Number.POSITIVE_INFINITY)) {
      kills.shift();
      restarts.push((servers[Math.floor(next() * servers.length)] ?? assert.fail()).restart());
    }
    return outcome;
  }

  /** Rivals, each with its own value: checks what they were told, and returns the value that is there afterwards. */
  async function contest(key: string, from: string | undefined, round: number): Promise<string | undefined> {
    const values = Array.from({ length: RIVALS }, (_, rival) => `${round} of ${rival}`);
    const outcomes = await Promise.all(
      values.map((value) =>
        from === undefined
          ? attempt("create", key, value, LIFETIME)
          : attempt("replace", key, from, value, LIFETIME),
      ),
    );
    // What a killed process had sent has been executed.
    if (outcomes.includes("unknown")) await Promise.all(servers.map(({ ready }) => ready));
    const told = (outcome: Outcome) => values.filter((_, rival) => outcomes[rival] === outcome);
    const [won, lost, unknown] = [told(true), told(false), told("unknown")];
    const now = (await observer.get(key)) ?? undefined;
    const about = `${key}, round ${round}: ${JSON.stringify({ from, now, won, lost, unknown })}`;
    assert.ok(won.length <= 1, `two winners: ${about}`);
    if (won.length === 1) assert.equal(now, won[0], about);
    else if (now === from) assert.deepEqual(lost, [], `refused for nobody: ${about}`);
    else assert.ok(now !== undefined && unknown.includes(now), about);
    seen.won += won.length;
    seen.lost += lost.length;
    seen.unknown += unknown.length;
    if (won.length === 0) seen[now === from ? "nobody" : "wonUnheard"] += 1;
    return now;
  }

  const keys = Array.from({ length: KEYS }, (_, at) => `key ${at}`);
  const start = performance.now();
  const work = async () => {
    try {
      for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
        let value: string | undefined;
        for (let round = 0; round <= GENERATIONS; round += 1) value = await contest(key, value, round);
      }
    } catch (error) {
      isOver = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: KEYS_AT_ONCE }, work));
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(restarts);

  times.sort((a, b) => a - b);
  const at = (share: number) => `${(times[Math.floor(share * times.length)] ?? 0).toFixed(0)} ms`;
  t.diagnostic(
    `seed ${seed}: ${times.length} calls in ${seconds.toFixed(1)} s (${Math.round(times.length / seconds)}/s), ` +
      `median ${at(0.5)}, 99 % ${at(0.99)}; ${restarts.length} kills; ${JSON.stringify(seen)}`,
  );
  assert.equal(restarts.length, KILLS);
  assert.equal(times.length, total);
  assert.equal(seen.won + seen.wonUnheard + seen.nobody, KEYS * (1 + GENERATIONS));
  assert.ok(seen.unknown > 0, "the kills interrupted nothing");
});
