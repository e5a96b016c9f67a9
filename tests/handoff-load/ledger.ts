// Where the servers enter each login before they do anything with it. It is in the process of the test, which no kill reaches.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { close, listen } from "../support/node-server.ts";
import type { Entry } from "./site.ts";

export interface Ledger {
  readonly url: string;
  /** By the handoff. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  close(): Promise<void>;
}

export async function openLedger(): Promise<Ledger> {
  const entries = new Map<string, Entry[]>();
  const server = createServer((request, response) => {
    void text(request).then(
      (body) => {
        const entry = JSON.parse(body) as Entry;
        entries.set(entry.handoff, [...(entries.get(entry.handoff) ?? []), entry]);
        response.end();
      },
      // Its sender was killed before it had sent everything.
      () => response.destroy(),
    );
  });
  server.keepAliveTimeout = 300_000;
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/`, entries, close: () => close(server) };
}
