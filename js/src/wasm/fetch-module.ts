import { HonninError } from "../error.js";
import { requireWebAssembly } from "./check.js";
import { compileResponse } from "./compile.js";
import { integrity as packaged } from "./integrity.js";
import type { ModuleName } from "./modules.js";
import { watchPolicy } from "./policy.js";

const timeout = 60_000;
/** One or several hashes. Platforms ignore metadata of any other form and check nothing. */
const metadata = /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}( sha(256|384|512)-[A-Za-z0-9+/]+={0,2})*$/;

/**
 * Fetches and compiles the module. The platform checks its hash (Subresource Integrity) before any of it runs.
 *
 * @param integrity default: the hash of the module in this package; `null`: not checked
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`, `options-invalid`
 */
export async function fetchModule(
  name: ModuleName,
  url: string | URL,
  integrity: string | null = packaged[name],
): Promise<WebAssembly.Module> {
  requireWebAssembly();
  if (integrity !== null && !(typeof integrity === "string" && metadata.test(integrity))) {
    throw new HonninError("options-invalid", 'integrity must have the form "sha384-…", or be null.');
  }
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  const { signal } = controller;
  const policy = watchPolicy(url);
  try {
    const response = await fetch(url, integrity === null ? { signal } : { integrity, signal });
    if (isPage(response)) throw unreachable(name, `its URL returned ${described(response)}`);
    return await compileResponse(response);
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    const reason = await why(url, signal);
    throw unreachable(name, (await policy.blocked()) ?? reason, cause);
  } finally {
    clearTimeout(timer);
    policy.end();
  }
}

/** The hash of an error page is wrong too, and then the platform says neither status nor media type. */
async function why(url: string | URL, signal: AbortSignal): Promise<string> {
  if (String(url).startsWith("file:")) {
    return (
      "a file: URL cannot be fetched. jsdom imitates a browser without this: run tests that verify in the environment of " +
      "Node (Jest and Vitest: @jest-environment node, @vitest-environment node)"
    );
  }
  try {
    const response = await fetch(url, { signal });
    await response.body?.cancel();
    if (isPage(response)) return `its URL returned ${described(response)}`;
    return `the file does not have the hash of this version of honnin. Its URL returned ${described(response)}`;
  } catch {
    return "the request failed";
  }
}

/** An error, or the page that some servers return for every URL. */
function isPage({ ok, headers }: Response): boolean {
  return !ok || /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

function described({ status, headers }: Response): string {
  return `status ${status} and the media type ${headers.get("content-type") ?? "none"}`;
}

const fileOf = { honnin: "honnin/wasm", "id-token": "honnin/wasm/id-token" };
const callOf = { honnin: "init({ url })", "id-token": 'init({ only: "id-token", url })' };

function unreachable(name: ModuleName, what: string, cause?: unknown): HonninError {
  return new HonninError(
    "wasm-unreachable",
    `${name}.wasm could not be loaded: ${what}. Serve the file "${fileOf[name]}" and give its URL with ${callOf[name]}; ` +
      "with Vite, add honnin to optimizeDeps.exclude.",
    { cause },
  );
}
