// The person's way back: a listener on the redirect URI, or an address that the person pastes.
import { createServer } from "node:http";
import { createInterface } from "node:readline/promises";

const loopback = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Whether this machine can listen on the redirect URI. */
export function canListen({ protocol, hostname, port }: URL): boolean {
  return protocol === "http:" && loopback.test(hostname) && port !== "";
}

export interface Listening {
  /** The address at which the browser arrives. */
  readonly arrived: Promise<URL>;
  close(): void;
}

/** Listens on the redirect URI for one response. @throws the error of listening */
export async function listen(redirectUri: URL, milliseconds: number, thanks: string): Promise<Listening> {
  const server = createServer({ requestTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const host = redirectUri.hostname.replace(/^\[|\]$/g, "");
    server.listen({ host, port: Number(redirectUri.port) }, resolve);
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const arrived = new Promise<URL>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("nobody came back")), milliseconds);
    server.on("close", () => clearTimeout(timer));
    server.on("request", (request, response) => {
      const url = URL.canParse(request.url ?? "", redirectUri.origin)
        ? new URL(request.url ?? "", redirectUri.origin)
        : undefined;
      // A browser also asks for an icon.
      const isResponse = url?.pathname === redirectUri.pathname && url.searchParams.has("state");
      response.writeHead(isResponse ? 200 : 404, {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        connection: "close",
      });
      response.end(isResponse ? thanks : "");
      if (isResponse && url !== undefined) resolve(url);
    });
  });
  // Handled where it is waited for.
  arrived.catch(() => {});
  return { arrived, close };
}

/** Reads the address that the person copies from the browser. */
export async function readPasted(question: string, redirectUri: URL): Promise<URL> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const text = (await terminal.question(question)).trim();
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url !== undefined && url.origin === redirectUri.origin && url.pathname === redirectUri.pathname)
        return url;
    }
  } finally {
    terminal.close();
  }
}
