// A handler of requests on node:http, as the guide has it, and with responses that come in pieces.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface NodeServer {
  readonly port: number;
  /** Bytes of HTTP so far, in both directions. */
  traffic(): number;
  close(): Promise<void>;
}

/** @param origin of the addresses that the handler sees, whatever the port */
export async function serveOnNode(
  handle: (request: Request) => Promise<Response>,
  origin: string,
): Promise<NodeServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle, origin).catch(() => outgoing.destroy());
  });
  // A connection that is closed just when a request comes would be a fault of the server's own.
  server.keepAliveTimeout = 300_000;
  let past = 0;
  const sockets = new Set<Socket>();
  const bytesOf = ({ bytesRead, bytesWritten }: Socket) => bytesRead + bytesWritten;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      past += bytesOf(socket);
    });
  });
  return {
    port: await listen(server),
    traffic: () => [...sockets].reduce((sum, socket) => sum + bytesOf(socket), past),
    close: () => close(server),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
  origin: string,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { method = "GET", url = "/" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === "string") headers.set(name, value);
  const body =
    method === "POST" ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" as const } : {};
  const response = await handle(new Request(origin + url, { method, headers, signal: gone.signal, ...body }));
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  if (response.headers.get("content-type") !== "text/event-stream") {
    outgoing.end(Buffer.from(await response.arrayBuffer()));
    return;
  }
  outgoing.flushHeaders();
  // A client that goes away ends the stream: nobody is left to be told.
  await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => undefined);
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
