import assert from "node:assert/strict";
import { test } from "node:test";
import { eventStream, STREAM_LIFETIME, waitFor } from "../../../src/relying-party/handoff/events.js";
import type { StateAnswer } from "../../../src/relying-party/handoff/keepers.js";
import { useWorld } from "../setup.js";
import { base, errorOf, fetched, openSite, reach } from "./devices.js";

const world = await useWorld();

const waiting: StateAnswer = { state: "waiting", expiresIn: 300 };
const scanned: StateAnswer = { state: "scanned", expiresIn: 180, triesLeft: 5 };
const claimed: StateAnswer = { state: "claimed", expiresIn: 0 };

/** Reads these states one after the other, the last one forever; without any time. */
function streamOf(states: readonly (StateAnswer | Error)[], interval = 1) {
  const seen = { reads: 0, waits: [] as number[] };
  const gone = new AbortController();
  const read = async () => {
    const state = states[Math.min(seen.reads, states.length - 1)];
    seen.reads += 1;
    if (state === undefined || state instanceof Error) throw state;
    return state;
  };
  const wait = async (seconds: number) => {
    seen.waits.push(seconds);
  };
  const stream = eventStream(waiting, read, { interval, wait }, gone.signal);
  return { ...seen, seen, gone, stream };
}

const piecesOf = async (stream: ReadableStream<Uint8Array>) => {
  const pieces: string[] = [];
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>)
    pieces.push(new TextDecoder().decode(chunk));
  return pieces;
};

const event = (answer: StateAnswer) => `data: ${JSON.stringify(answer)}\n\n`;

test("each change is an event, time that passes is none, and the stream ends after a final state", async () => {
  const later = { ...waiting, expiresIn: 299 };
  const wrong = { ...scanned, triesLeft: 4 };
  const { stream, seen } = streamOf([later, later, scanned, wrong, wrong, claimed]);
  assert.deepEqual(await piecesOf(stream), [
    `retry: 1000\n\n${event(waiting)}`,
    event(scanned),
    event(wrong),
    event(claimed),
  ]);
  assert.equal(seen.reads, 6);
});

test("without a change, comments keep the connection, and it ends after its time", async () => {
  const { stream, seen } = streamOf([waiting], 2);
  const pieces = await piecesOf(stream);
  assert.deepEqual(pieces.slice(1), [":\n\n", ":\n\n"]);
  assert.equal(seen.reads, Math.ceil(STREAM_LIFETIME / 2));
  assert.ok(seen.waits.every((seconds) => seconds === 2));
});

test("a handoff that cannot be read ends the stream: the client connects again and learns why", async () => {
  const { stream, seen } = streamOf([waiting, new Error("out"), scanned]);
  assert.equal((await piecesOf(stream)).length, 1);
  assert.equal(seen.reads, 2);
});

test("nothing is read before the client asks, nor after it has gone", async () => {
  const idle = streamOf([waiting]);
  await Promise.resolve();
  assert.equal(idle.seen.reads, 0);
  for (const leave of ["cancel", "signal"] as const) {
    let entered: () => void = () => undefined;
    const inWait = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let reads = 0;
    const gone = new AbortController();
    const stream = eventStream(
      waiting,
      async () => {
        reads += 1;
        return waiting;
      },
      {
        interval: 1,
        wait: (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => resolve());
            entered();
          }),
      },
      gone.signal,
    );
    const reader = stream.getReader();
    await reader.read();
    const next = reader.read();
    await inWait;
    if (leave === "cancel") {
      await reader.cancel();
      assert.equal((await next).done, true);
    } else {
      gone.abort();
      assert.equal((await next).done, true);
    }
    assert.equal(reads, 0, leave);
  }
});

test("a wait ends at once when the client goes", async () => {
  const gone = new AbortController();
  const wait = waitFor(600, gone.signal);
  gone.abort();
  await wait;
  await waitFor(600, gone.signal);
  await waitFor(0, new AbortController().signal);
});

test("the route: the present state first, as a stream that no cache and no proxy holds back; an error is a response", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "scanned");
  const response = await pc.send(`${base}/events`, { headers: fetched });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
  assert.equal(response.headers.get("x-accel-buffering"), "no");
  const reader = response.body?.getReader() ?? assert.fail();
  const { value } = await reader.read();
  assert.equal(new TextDecoder().decode(value as Uint8Array), `retry: 1000\n\n${event(scanned)}`);
  await reader.cancel();
  const none = await opened.browser().send(`${base}/events`, { headers: fetched });
  assert.equal(none.status, 404);
  assert.equal(await errorOf(none), "handoff-not-found");
});

test("a stream of a claimed handoff ends by itself", async () => {
  const { pc } = await reach(openSite(world), "claimed");
  const response = await pc.send(`${base}/events`, { headers: fetched });
  assert.equal(await response.text(), `retry: 1000\n\n${event(claimed)}`);
});
