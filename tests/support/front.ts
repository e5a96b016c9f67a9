// A proxy in front of a site, which passes requests on as they are, and fails those that a test picks.
import { once } from "node:events";
import { createServer, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export interface Front {
  /** The site's origin as browsers see it. */
  readonly origin: string;
  /** Where requests go from now on. */
  lead(target: { readonly host: string; readonly port: number }): void;
  /** From now on, requests that this is true of are cut off without a response, also those under way. `undefined`: none. */
  cut: ((request: IncomingMessage) => boolean) | undefined;
  /** How many requests were cut off since the start. */
  readonly losses: number;
  /** The requests passed on, as `METHOD path`. */
  readonly passed: string[];
  close(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  let target = { host: "", port: 0 };
  let cut: Front["cut"];
  let losses = 0;
  const passed: string[] = [];
  const open = new Set<IncomingMessage>();
  const lose = (request: IncomingMessage) => {
    losses += 1;
    request.socket.destroy();
  };
  const server = createServer((request, response) => {
    if (cut?.(request) === true) return lose(request);
    passed.push(`${request.method} ${request.url?.split("?")[0]}`);
    open.add(request);
    response.on("close", () => open.delete(request));
    const { method, url: path, headers } = request;
    const onward = send({ ...target, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    lead(to) {
      target = to;
    },
    get cut() {
      return cut;
    },
    set cut(isCut) {
      cut = isCut;
      for (const request of open) if (isCut?.(request) === true) lose(request);
    },
    get losses() {
      return losses;
    },
    passed,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
