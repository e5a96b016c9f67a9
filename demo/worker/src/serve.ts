// Runs the worker in workerd on this machine.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { buildWorker } from "./build.ts";
import { checkSettings } from "./check-settings.ts";

export interface ServeWorkerOptions {
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: one that is free. */
  readonly port?: number;
  /** The host in the site's origin. Default `localhost`, so that site and emulator are two sites, as in real life. */
  readonly siteHost?: string;
  /** The emulator's, such as `http://127.0.0.1:8080`. */
  readonly emulatorOrigin: string;
  readonly clientId: string;
  /** The client's private key as JWK; its public half is registered with the emulator. */
  readonly clientKey: Readonly<Record<string, unknown>>;
  /** At least 32 characters. Default: made at random. */
  readonly cookieSecret?: string;
  /** The private JWK that opens results of signatures; its public half is registered with the emulator. Default: nothing can be signed. */
  readonly decryptionKey?: Readonly<Record<string, unknown>>;
  /** The certificates of the 署名用 authorities, in PEM. Default: nothing can be signed or verified. */
  readonly jpkiAnchors?: string;
  /** Where revocation can be asked for. Default: it is not checked. */
  readonly ocspUrl?: string;
  /** Keeps what the worker writes off the terminal; it is in `logs` all the same. Default false. */
  readonly quiet?: boolean;
}

export interface ServedWorker {
  /** The site's: `${origin}/auth/callback` is the redirect URI to register. */
  readonly origin: string;
  /** What the worker wrote, the last 1,000 lines. */
  readonly logs: readonly string[];
  close(): Promise<void>;
}

const maxLogs = 1000;
/** The modules exist in memory only; this is where they would lie. */
const folder = fileURLToPath(new URL(".", import.meta.url));

/**
 * Bundles the worker and runs it; nothing is kept on disk.
 *
 * @throws HonninError `options-invalid` for settings that are malformed or contradict each other
 */
export async function serveWorker(options: ServeWorkerOptions): Promise<ServedWorker> {
  const { host = "127.0.0.1", port = 0, siteHost = "localhost", quiet = false } = options;
  const logs: string[] = [];
  const keep = (stream: Readable, out: NodeJS.WritableStream) => {
    createInterface({ input: stream }).on("line", (line) => {
      logs.push(line);
      if (logs.length > maxLogs) logs.shift();
      if (!quiet) out.write(`${line}\n`);
    });
  };
  const bindings = (siteOrigin: string) => ({
    ENVIRONMENT_ORIGIN: options.emulatorOrigin,
    CLIENT_ID: options.clientId,
    CLIENT_KEY: JSON.stringify(options.clientKey),
    COOKIE_SECRET: cookieSecret,
    SITE_ORIGIN: siteOrigin,
    ...(options.decryptionKey && { DECRYPTION_KEY: JSON.stringify(options.decryptionKey) }),
    ...(options.jpkiAnchors !== undefined && { JPKI_ANCHORS: options.jpkiAnchors }),
    ...(options.ocspUrl !== undefined && { OCSP_URL: options.ocspUrl }),
  });
  const settings = (siteOrigin: string): MiniflareOptions => ({
    host,
    port,
    compatibilityDate: "2026-04-01",
    modules: modules.map((module) => ({ ...module, path: join(folder, module.path) })),
    modulesRoot: folder,
    durableObjects: { KEPT: { className: "Kept", useSQLite: true } },
    bindings: { ...bindings(siteOrigin) },
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      keep(stdout, process.stdout);
      keep(stderr, process.stderr);
    },
  });
  const cookieSecret = options.cookieSecret ?? randomBytes(32).toString("base64url");
  const originAt = (port: string | number) => originOf(siteHost, port);
  // Here, where whoever starts it sees it, not at the first request.
  checkSettings(bindings(originAt(port)));
  const modules = await buildWorker();
  const miniflare = new Miniflare(settings(originAt(port)));
  try {
    const { port: found } = await miniflare.ready;
    // The worker must be told its own origin: where the port was not known before, it starts again on the same one.
    if (port === 0) await miniflare.setOptions(settings(originAt(found)));
    return { origin: originAt(found), logs, close: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

/** As browsers write it: without the port if it is the scheme's own. */
function originOf(host: string, port: string | number): string {
  const text = `http://${host}:${port}`;
  return URL.canParse(text) ? new URL(text).origin : text;
}
