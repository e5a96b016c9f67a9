// A program for Deno and Bun: the site, and on standard output the port that it listens on. Its argument is the settings, as JSON.
import { makeSite } from "./site.ts";

type Serve = (options: {
  hostname: string;
  port: number;
  onListen?: (address: { readonly port: number }) => void;
  fetch?: (request: Request) => Promise<Response>;
}) => { readonly port?: number };

const { Deno, Bun } = globalThis as unknown as {
  readonly Deno?: {
    readonly args: readonly string[];
    readonly serve: (options: Parameters<Serve>[0], handler: (request: Request) => Promise<Response>) => void;
  };
  readonly Bun?: { readonly argv: readonly string[]; readonly serve: Serve };
};

const site = makeSite(JSON.parse((Deno?.args ?? Bun?.argv.slice(2))?.[0] ?? ""));
const where = { hostname: "127.0.0.1", port: 0 };
Deno?.serve({ ...where, onListen: ({ port }) => console.log(port) }, site);
if (Deno === undefined) console.log(Bun?.serve({ ...where, fetch: site }).port);
