// What all sites of the tests have in common: pages, a session, and a library that does the login.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a site is configured with. */
export interface SiteSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** The private key for the client assertion, as a JWK with `kid` and `alg`. */
  readonly key: Readonly<Record<string, unknown>>;
  /** For signatures: the private key for their results, and the trusted certificates. */
  readonly decryptionKey: Readonly<Record<string, unknown>>;
  readonly jpkiAnchors: string;
}

export interface Site {
  readonly origin: string;
  readonly redirectUri: string;
  /** Where a login begins. */
  readonly login: string;
  /** The request that begins a signature; `body`: as a form sends it. */
  readonly sign?: { readonly url: string; readonly body?: string };
  close(): Promise<void>;
}

/** What a site keeps between the request and the response. */
export type Kept = Readonly<Record<string, string>>;

/** A library, as its documentation says that it is used. */
export interface Library {
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly kept: Kept }>;
  /** Returns the `sub` of whom the response logs in. @throws for every response that it refuses */
  finish(callback: URL, kept: Kept): Promise<string>;
  /** The same for signatures. */
  readonly signing?: {
    begin(redirectUri: string): Promise<{ readonly url: URL; readonly kept: Kept }>;
    finish(callback: URL, kept: Kept): Promise<void>;
  };
}

interface Session {
  kept?: Kept;
  sub?: string;
  signs?: boolean;
  signed?: boolean;
}

const noStore = { "cache-control": "no-store" };

export function page(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { ...noStore, "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><title>Site</title>${body}`);
}

export function redirect(
  response: ServerResponse,
  location: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(303, { ...noStore, location, ...headers });
  response.end();
}

/** A server on a free port. `make` learns its own origin. */
export async function serve(
  make: (origin: string) => Promise<RequestListener> | RequestListener,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Another host name than the emulator's, so that the two are different sites, as in production.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  server.on("request", await make(origin));
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A site with sessions around a library. */
export async function siteWith(library: Library): Promise<Site> {
  const sessions = new Map<string, Session>();
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    origin: string,
  ): Promise<void> => {
    const url = new URL(request.url ?? "/", origin);
    const id = /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    const session = id === undefined ? undefined : sessions.get(id);
    const open = (content: Session): Record<string, string> => {
      const fresh = randomBytes(16).toString("base64url");
      sessions.set(fresh, content);
      return { "set-cookie": `session=${fresh}; Path=/; HttpOnly; SameSite=Lax` };
    };
    if (url.pathname === "/login") {
      const { url: next, kept } = await library.begin(`${origin}/callback`);
      return redirect(response, next.href, open({ kept }));
    }
    if (url.pathname === "/sign" && library.signing !== undefined) {
      const { url: next, kept } = await library.signing.begin(`${origin}/callback`);
      return redirect(response, next.href, open({ ...session, kept, signs: true }));
    }
    if (url.pathname === "/callback") {
      try {
        if (id === undefined || session?.kept === undefined) throw new Error("no login was begun");
        sessions.delete(id);
        if (session.signs) {
          await library.signing?.finish(url, session.kept);
          return redirect(response, "/", open({ ...session, signed: true }));
        }
        const sub = await library.finish(url, session.kept);
        return redirect(response, "/", open({ sub }));
      } catch {
        return page(response, 400, "<p>The login failed.</p>");
      }
    }
    if (url.pathname !== "/") return page(response, 404, "<p>Not found.</p>");
    if (session?.signed) return page(response, 200, "<p>The document was signed.</p>");
    page(response, 200, session?.sub === undefined ? "<a href=/login>Log in</a>" : "<p>Welcome back.</p>");
  };
  const server = await serve((origin) => (request, response) => {
    answer(request, response, origin).catch(() => page(response, 500, "<p>Something went wrong.</p>"));
  });
  const { origin } = server;
  return {
    ...server,
    redirectUri: `${origin}/callback`,
    login: `${origin}/login`,
    ...(library.signing === undefined ? {} : { sign: { url: `${origin}/sign` } }),
  };
}
