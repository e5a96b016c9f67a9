// Serves a function from requests to responses on a free port, with Node's own server.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Served {
  readonly origin: string;
  close(): void;
}

/** @param site it may be made later, because it needs the origin */
export async function serve(site: (request: Request) => Promise<Response>): Promise<Served> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const headers = new Headers(incoming.headers as Record<string, string>);
    const response = await site(new Request(new URL(incoming.url ?? "/", origin), { headers }));
    outgoing.statusCode = response.status;
    // One by one: several Set-Cookie headers joined into one are lost.
    for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      console.error(error);
      outgoing.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
