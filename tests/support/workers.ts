// Workers in one workerd, over one namespace of the store's Durable Objects on disk.
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForWorkerd } from "./workerd.ts";
import { startWorkerdProcess, type WorkerdProcess } from "./workerd-process.ts";

export interface Workers {
  /** Starts the process, or starts it again: the objects are those of before. Each Worker has a socket of its name. */
  start(): Promise<WorkerdProcess>;
  /** Ends the process, and removes the objects. */
  remove(): Promise<void>;
}

const wasm = /from\s*"([^"]+\.wasm)"/g;

/**
 * @param source a module that exports `HonninStore`, and finds the settings as JSON in `SETTINGS` and the objects in `STORE`
 * @param names a Worker of the same source for each
 */
export async function startWorkers(
  source: string,
  settings: unknown,
  names: readonly string[],
): Promise<Workers> {
  const folder = await mkdtemp(join(tmpdir(), "honnin-workers-"));
  await mkdir(join(folder, "disk"));
  const script = await bundleForWorkerd(source);
  for (const [, path = ""] of script.matchAll(wasm)) {
    const file = new URL(basename(path), import.meta.resolve("honnin/wasm"));
    await copyFile(fileURLToPath(file), join(folder, basename(path)));
  }
  let running: WorkerdProcess | undefined;
  return {
    async start() {
      running = await startWorkerdProcess(folder, config(script, settings, names), names, true);
      return running;
    },
    async remove() {
      await running?.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** The first Worker has the class, and all are bound to its objects. */
function config(script: string, settings: unknown, names: readonly string[]): string {
  const text = JSON.stringify;
  const binaries = [...script.matchAll(wasm)].map(
    ([, path = ""]) => `(name = ${text(join("site", path))}, wasm = embed ${text(basename(path))})`,
  );
  const modules = [`(name = "site/index.js", esModule = ${text(script)})`, ...binaries];
  const worker = (name: string) => `(name = ${text(name)}, worker = (
      modules = [${modules.join(", ")}],
      compatibilityDate = "2026-04-01",
      durableObjectNamespaces = [(className = "HonninStore", uniqueKey = ${text(name)}, enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
      globalOutbound = "loopback",
      bindings = [
        (name = "SETTINGS", text = ${text(text(settings))}),
        (name = "STORE", durableObjectNamespace = (className = "HonninStore", serviceName = ${text(names[0])})),
      ],
    ))`;
  const socket = (name: string) =>
    `(name = ${text(name)}, address = "127.0.0.1:0", http = (), service = ${text(name)})`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${names.map(worker).join(",\n    ")},
    (name = "disk", disk = (path = "disk", writable = true)),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [${names.map(socket).join(", ")}],
);
`;
}
