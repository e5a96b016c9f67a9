import type { ServerResponse } from "node:http";
import type { Fault } from "../types.js";

/** More than the 2 MiB that a careful client reads at most. */
export const OVERSIZED_BYTES = 4 * 1024 * 1024;

function begin(response: ServerResponse, status: number, type: string): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
}

/** A complete answer of any kind. */
export function answer(response: ServerResponse, status: number, type: string, body: string): void {
  begin(response, status, type);
  response.end(body);
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, "application/json", JSON.stringify(body));
}

/** Accepts the request and never responds. The connection stays open until the client or `close()` ends it. */
export function slow(response: ServerResponse): void {
  response.setTimeout(0);
}

export function fail(response: ServerResponse): void {
  answer(
    response,
    500,
    "text/html; charset=utf-8",
    "<!doctype html><title>500</title><h1>Internal Server Error</h1>",
  );
}

/** 200, the right content type, and truncated JSON. */
export function malformed(response: ServerResponse): void {
  answer(response, 200, "application/json", '{"emulator":"misbehaving as ordered","broken":[');
}

/** The faults that need no right response. */
export const wholeAnswers: Partial<Record<Fault, typeof slow>> = { slow, fail, malformed };

/** The right response after megabytes of filler: a client without a limit would accept it. */
export function oversized(response: ServerResponse, right: Record<string, unknown>): void {
  begin(response, 200, "application/json");
  const chunk = "x".repeat(64 * 1024);
  let left = OVERSIZED_BYTES / chunk.length;
  const pump = (): void => {
    while (left > 0) {
      left -= 1;
      if (!response.write(chunk)) {
        response.once("drain", pump);
        return;
      }
    }
    response.end(`",${JSON.stringify(right).slice(1)}`);
  };
  response.write('{"filler":"');
  pump();
}
