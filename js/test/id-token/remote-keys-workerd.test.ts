// On workerd a promise belongs to the request that made it, and dies with it: when that has been answered, or was cancelled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serve } from "../support/server.ts";
import { startWorker } from "../support/workerd.ts";

const set = '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}';

for (const compatibilityDate of ["2023-05-18", "2026-04-01"]) {
  test(`${compatibilityDate}: requests share one fetch, and none hangs on one that ended before it`, {
    timeout: 60_000,
  }, async (t) => {
    const arrivals: (() => void)[] = [];
    let fetches = 0;
    let answering = false;
    const held: (() => void)[] = [];
    const origin = await serve(t, (_, response) => {
      fetches++;
      const answer = () => response.setHeader("cache-control", "max-age=1").end(set);
      if (answering) answer();
      else held.push(answer);
      arrivals.shift()?.();
    });
    const arrival = () => new Promise<void>((resolve) => arrivals.push(resolve));
    const worker = await startWorker(
      t,
      `
      import { remoteKeys, verifyIdToken } from "honnin";
      // Time passes when the test says so: a busy machine must not use up the patience of those that wait.
      let time = 1e12;
      Date.now = () => time;
      globalThis.setTimeout = (callback, delay) => {
        const end = time + delay;
        const timer = setInterval(() => {
          if (time < end) return;
          clearInterval(timer);
          callback();
        }, 10);
        return timer;
      };
      const keys = remoteKeys(${JSON.stringify(`${origin}/certs`)});
      let waiting = 0;
      let beats = 0;
      let leaving = false;
      const changed = (condition) => new Promise((resolve) => {
        const timer = setInterval(() => {
          if (!condition()) return;
          clearInterval(timer);
          resolve();
        }, 5);
      });
      export default {
        async fetch(request) {
          const { pathname } = new URL(request.url);
          if (pathname.startsWith("/after/")) {
            time += Number(pathname.slice(7)) * 1000;
            return new Response();
          }
          if (pathname === "/waiting") return Response.json(waiting);
          if (pathname === "/beats") return Response.json(beats);
          if (pathname === "/begin") {
            // Answered while the fetch that it has begun is under way.
            keys.get().catch(() => {});
            setInterval(() => beats++, 5);
            await changed(() => leaving);
            return new Response("left");
          }
          if (pathname === "/leave") {
            leaving = true;
            return new Response();
          }
          waiting++;
          try {
            return new Response(await keys.get());
          } catch (error) {
            return new Response(error.code ?? String(error), { status: 500 });
          } finally {
            waiting--;
          }
        },
      };`,
      { compatibilityDate },
    );
    const ask = async (path = "/") => (await worker.dispatchFetch(`http://worker.test${path}`)).text();
    const allWaiting = async (count: number) => {
      while (Number(await ask("/waiting")) < count);
    };

    // Ten at once: one fetch, answered when all of them wait.
    let arrived = arrival();
    const ten = Array.from({ length: 10 }, () => ask());
    await arrived;
    await allWaiting(10);
    held.shift()?.();
    assert.deepEqual(await Promise.all(ten), Array(10).fill(set));
    assert.equal(fetches, 1);

    // The request that fetches ends; those that wait for it fetch anew, once.
    await ask("/after/3600");
    arrived = arrival();
    const begun = ask("/begin");
    await arrived;
    assert.equal(fetches, 2);
    const others = Array.from({ length: 5 }, () => ask());
    await allWaiting(5);
    await ask("/leave");
    assert.equal(await begun, "left");
    // Its timers died with it, and with them the limit of the fetch.
    for (let still = 0, last = ""; still < 50; still++) {
      const beats = await ask("/beats");
      if (beats !== last) still = 0;
      last = beats;
    }
    answering = true;
    await ask("/after/5");
    assert.deepEqual(await Promise.all(others), Array(5).fill(set));
    assert.equal(fetches, 3);
  });
}
