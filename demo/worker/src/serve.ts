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
  /** Default 0: a free port. */
  readonly port?: number;
  /** The host in the site's origin. Default `localhost`, so that site and emulator are two sites, as in production. */
  readonly siteHost?: string;
  /** The origin that browsers use, if a proxy is in front of the worker. It passes `Host` on. */
  readonly publicOrigin?: string;
  /** The origin of the emulator, such as `http://127.0.0.1:8080`. */
  readonly emulatorOrigin: string;
  readonly clientId: string;
  /** The client's private key as a JWK. Its public key is registered with the emulator. */
  readonly clientKey: Readonly<Record<string, unknown>>;
  /** At least 32 characters. Default: random. */
  readonly cookieSecret?: string;
  /** The private JWK that decrypts signature results. Its public key is registered with the emulator. Default: no signing. */
  readonly decryptionKey?: Readonly<Record<string, unknown>>;
  /** The certificates of the 署名用 CAs in PEM. Default: no signing and no verification. */
  readonly jpkiAnchors?: string;
  /** The URL of an OCSP responder. Default: revocation is not checked. */
  readonly ocspUrl?: string;
  /** Seconds for which a QR code of the home page works. Default: the handler's. */
  readonly codeLifetime?: number;
  /** Whether to hide the worker's output on the terminal. It is in `logs` in any case. Default false. */
  readonly quiet?: boolean;
}

export interface ServedWorker {
  /** The site's origin: `${origin}/auth/callback` is the redirect URI to register. */
  readonly origin: string;
  /** Where the worker listens. */
  readonly address: { readonly host: string; readonly port: number };
  /** The last 1,000 lines of the worker's output. */
  readonly logs: readonly string[];
  close(): Promise<void>;
}

const maxLogs = 1000;
/** The folder of the modules, which exist in memory only. */
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
    ...(options.codeLifetime !== undefined && { HANDOFF_CODE_LIFETIME: String(options.codeLifetime) }),
  });
  const settings = (siteOrigin: string): MiniflareOptions => ({
    host,
    port,
    compatibilityDate: "2026-04-01",
    modules: modules.map((module) => ({ ...module, path: join(folder, module.path) })),
    modulesRoot: folder,
    durableObjects: {
      KEPT: { className: "Kept", useSQLite: true },
      STORE: { className: "HonninStore", useSQLite: true },
    },
    bindings: { ...bindings(siteOrigin) },
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      keep(stdout, process.stdout);
      keep(stderr, process.stderr);
    },
  });
  const cookieSecret = options.cookieSecret ?? randomBytes(32).toString("base64url");
  const originAt = (port: string | number) => options.publicOrigin ?? originOf(siteHost, port);
  // At the start, not at the first request, so that the error is visible.
  checkSettings(bindings(originAt(port)));
  const modules = await buildWorker();
  const miniflare = new Miniflare(settings(originAt(port)));
  try {
    const { port: found } = await miniflare.ready;
    // The worker needs its own origin: if the port was unknown, it restarts on the same port.
    if (port === 0 && options.publicOrigin === undefined)
      await miniflare.setOptions(settings(originAt(found)));
    return {
      origin: originAt(found),
      address: { host, port: Number(found) },
      logs,
      close: () => miniflare.dispose(),
    };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

/** The origin as browsers write it: without the default port. */
function originOf(host: string, port: string | number): string {
  const text = `http://${host}:${port}`;
  return URL.canParse(text) ? new URL(text).origin : text;
}
