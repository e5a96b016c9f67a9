// A measured site: its handler on node:http, and a route that says what the process has used.
import { serveOnNode } from "../../support/node-server.ts";
import type { StoreCounts } from "../counted-store.ts";

export interface Usage {
  /** Microseconds of CPU, of all threads. */
  readonly cpu: number;
  /** Bytes after a collection of garbage. */
  readonly heap: number;
  /** Bytes of the process. */
  readonly resident: number;
  /** Bytes of HTTP between browsers and the site. */
  readonly traffic: number;
  readonly store?: StoreCounts;
}

/** @param store what its store has done so far */
export async function serveMeasured(
  handle: (request: Request) => Promise<Response>,
  origin: string,
  store: () => StoreCounts | undefined = () => undefined,
): Promise<void> {
  const { port, traffic } = await serveOnNode(async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname !== "/usage") return handle(request);
    if (search === "?collected") (globalThis as { gc?: () => void }).gc?.();
    const { user, system } = process.cpuUsage();
    const { heapUsed, external, rss } = process.memoryUsage();
    const usage: Usage = { cpu: user + system, heap: heapUsed + external, resident: rss, traffic: traffic() };
    return Response.json({ ...usage, store: store() });
  }, origin);
  // It does not outlive the measurement.
  process.stdin.resume().on("end", () => process.exit());
  process.stdout.write(`${port}\n`);
}
