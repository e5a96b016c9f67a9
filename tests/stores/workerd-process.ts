// A Worker with Durable Objects on disk, in a workerd that can be killed and started again.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bundleForWorkerd } from "../support/workerd.ts";
import { type WorkerdProcess as Process, startWorkerdProcess } from "../support/workerd-process.ts";

export interface WorkerdChoice {
  /** Whether the class has SQLite storage, as `new_sqlite_classes` gives it. Default true. */
  readonly isSql?: boolean;
  /** Default: a current one. */
  readonly compatibilityDate?: string;
}

/** What can be called over there: the store, and what the objects say of themselves. */
const source = `
import { durableObjectStore, HonninStore } from "honnin/relying-party/cloudflare";

export class Watched extends HonninStore {
  async state() {
    const { storage } = this.ctx;
    return { values: (await storage.list()).size, alarm: await storage.getAlarm() };
  }
  async ring() {
    await this.ctx.storage.deleteAlarm();
    await this.alarm();
  }
}

export default {
  async fetch(request, env) {
    const { call, given } = await request.json();
    if (call === "state" || call === "ring")
      return Response.json((await env.STORE.get(env.STORE.idFromName(given[0]))[call]()) ?? null);
    try {
      return Response.json({ value: await durableObjectStore(env.STORE)[call](...given) });
    } catch ({ code, message, cause }) {
      return Response.json({ error: { code, message: message + " " + cause } });
    }
  },
};
`;

const config = (script: string, { isSql = true, compatibilityDate = "2026-04-01" }: WorkerdChoice) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = ${JSON.stringify(script)})],
      compatibilityDate = "${compatibilityDate}",
      durableObjectNamespaces = [(className = "Watched", uniqueKey = "watched", enableSql = ${isSql})],
      durableObjectStorage = (localDisk = "disk"),
      bindings = [(name = "STORE", durableObjectNamespace = "Watched")],
    )),
    (name = "disk", disk = (path = "disk", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

let bundled: Promise<string> | undefined;

export class WorkerdProcess {
  readonly #folder: string;
  readonly #choice: WorkerdChoice;
  #process: Process | undefined;

  /** @param folder for the configuration and the objects */
  constructor(folder: string, choice: WorkerdChoice = {}) {
    this.#folder = folder;
    this.#choice = choice;
  }

  async start(): Promise<void> {
    bundled ??= bundleForWorkerd(source);
    await mkdir(join(this.#folder, "disk"), { recursive: true });
    this.#process = await startWorkerdProcess(this.#folder, config(await bundled, this.#choice), ["http"]);
  }

  /** Ends it without any chance to write. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  async call(call: string, ...given: unknown[]): Promise<unknown> {
    const url = `http://127.0.0.1:${this.#process?.ports.get("http")}/`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ call, given }) });
    return response.json();
  }
}
