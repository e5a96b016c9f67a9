import { HonninError } from "../error.js";
import { requireWebAssembly } from "./check.js";
import { compileResponse } from "./compile.js";
import { integrity as packaged } from "./integrity.js";
import type { LoadingFailure } from "./loading-problem.js";
import type { ModuleName } from "./modules.js";

const timeout = 60_000;
/** How long an error waits for the code that finds its reason, which may be where the module is. */
const patience = 5_000;

/**
 * Fetches and compiles the module. The platform checks its hash (Subresource Integrity) before any of it runs.
 *
 * @param integrity of a valid form; default: the hash of the module in this package; `null`: not checked
 * @throws HonninError `webassembly-unavailable`, `wasm-unreachable`
 */
export async function fetchModule(
  name: ModuleName,
  url: string | URL,
  integrity: string | null = packaged[name],
): Promise<WebAssembly.Module> {
  requireWebAssembly();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  const { signal } = controller;
  let answer: Response | undefined;
  try {
    answer = await fetch(url, integrity === null ? { signal } : { integrity, signal });
    if (!isPage(answer)) return await compileResponse(answer);
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw unreachable(name, await reasonOf({ url, signal, isPage }), cause);
  } finally {
    clearTimeout(timer);
  }
  throw unreachable(name, await reasonOf({ url, signal, isPage, answer }));
}

/** An error, or the page that some servers return for every URL. */
function isPage({ ok, headers }: Response): boolean {
  return !ok || /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

async function reasonOf(failure: LoadingFailure): Promise<string> {
  let stop = () => {};
  const late = new Promise<undefined>((resolve) => {
    const timer = setTimeout(resolve, patience);
    stop = () => clearTimeout(timer);
  });
  try {
    const found = await Promise.race([import("./loading-problem.js"), late]);
    if (found !== undefined) return await found.findReason(failure);
  } catch {
    // That file is out of reach too.
  } finally {
    stop();
  }
  return "the request failed";
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
