import { isFinal, type StateAnswer } from "./keepers.js";

/** How a stream reads the store. */
export interface StreamOptions {
  /** Seconds between two reads. */
  readonly interval: number;
  /** Waits until the time is over or the signal is set. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

/** Seconds after which a stream ends and the client connects again: proxies and edge runtimes end long responses themselves. */
export const STREAM_LIFETIME = 25;
/** Seconds without a change after which a comment is sent, for proxies that end silent responses. */
const KEEP_ALIVE = 10;
/** Milliseconds after which the client connects again. */
const RETRY = 1_000;

/**
 * The states of a handoff as Server-Sent Events (HTML §9.2), as they change. Ends after a final state, after its lifetime, when the
 * client goes away, and when the handoff cannot be read: the client connects again and learns why.
 */
export function eventStream(
  first: StateAnswer,
  read: () => Promise<StateAnswer>,
  { interval, wait }: StreamOptions,
  gone: AbortSignal,
): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  gone.addEventListener("abort", () => stop.abort(), { once: true });

  async function* pieces(): AsyncGenerator<string> {
    yield `retry: ${RETRY}\n\n${eventOf(first)}`;
    let last = first;
    let quiet = 0;
    for (let spent = 0; spent < STREAM_LIFETIME && !isFinal(last); spent += interval) {
      await wait(interval, stop.signal);
      if (stop.signal.aborted) return;
      const next = await read().catch(() => undefined);
      if (next === undefined) return;
      quiet += interval;
      if (isNews(next, last)) yield eventOf(next);
      else if (quiet >= KEEP_ALIVE) yield ":\n\n";
      else continue;
      last = next;
      quiet = 0;
    }
  }

  const source = pieces();
  let isCancelled = false;
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      // Called when the client is ready for more, so nothing is read for a client that does not listen.
      async pull(controller) {
        const { done, value } = await source.next();
        // A stream that the client cancelled is closed already.
        if (isCancelled) return;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel() {
        isCancelled = true;
        stop.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

function eventOf(answer: StateAnswer): string {
  return `data: ${JSON.stringify(answer)}\n\n`;
}

/** Time that passes is no news. */
function isNews({ state, triesLeft, code }: StateAnswer, last: StateAnswer): boolean {
  return state !== last.state || triesLeft !== last.triesLeft || code !== last.code;
}

/** With a timer. */
export function waitFor(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, 1_000 * seconds);
    signal.addEventListener("abort", finish);
  });
}
