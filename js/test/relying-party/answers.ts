// What the tests' provider answers with, and how it is made to misbehave.
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers a request instead of the provider. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

export function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json;charset=UTF-8" });
  response.end(JSON.stringify(body));
}

/** Answers the same to everything. */
export function always(status: number, type: string, body: string | Uint8Array): Misbehaviour {
  return (_, response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  };
}
