// The site in real workerd and on node:http.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";
import { makeSite, type SiteSettings } from "./site.ts";

export interface RunningSite {
  /** Where it listens, on loopback and without TLS. */
  readonly url: URL;
  close(): Promise<void>;
}

export async function inWorkerd(settings: SiteSettings): Promise<RunningSite> {
  const script = await bundleForWorkerd(`
    import { makeSite } from "./cookies/site.ts";
    let site;
    export default { fetch: (request, env) => (site ??= makeSite(JSON.parse(env.SETTINGS)))(request) };
  `);
  return startWorkerd(script, { SETTINGS: JSON.stringify(settings) });
}

export async function onNode(settings: SiteSettings): Promise<RunningSite> {
  const site = makeSite(settings);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await site(await requestOf(request, settings.origin));
    response.statusCode = answer.status;
    response.setHeaders(answer.headers);
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function requestOf(message: IncomingMessage, origin: string): Promise<Request> {
  const headers = new Headers();
  for (let at = 0; at < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? "", message.rawHeaders[at + 1] ?? "");
  const { method = "GET" } = message;
  const body: Buffer[] = [];
  for await (const chunk of message) body.push(chunk as Buffer);
  return new Request(new URL(message.url ?? "/", origin), {
    method,
    headers,
    ...(method === "GET" || method === "HEAD" ? {} : { body: Buffer.concat(body) }),
  });
}
