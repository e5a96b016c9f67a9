// A loopback server of files: `mounts` maps the first segment of a path to a folder.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

export interface StaticServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serveStatic(
  mounts: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<StaticServer> {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [, mount = "", ...rest] = decodeURIComponent(
      new URL(request.url ?? "/", "http://x").pathname,
    ).split("/");
    const folder = mounts[mount];
    if (mount === "" || folder === undefined) {
      response.writeHead(mount === "" ? 200 : 404, {
        "content-type": "text/html; charset=utf-8",
        ...headers,
      });
      response.end(mount === "" ? "<!doctype html><title>test</title>" : "");
      return;
    }
    const file = normalize(join(folder, ...rest));
    try {
      if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw new Error("outside");
      const body = await readFile(file);
      response.writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        ...headers,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
