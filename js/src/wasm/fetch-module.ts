import { HonninError } from "../error.js";
import { compileResponse, requireWebAssembly } from "./compile.js";
import { integrity as packaged } from "./integrity.js";

const timeout = 60_000;

/**
 * Fetches and compiles the module. The platform compares its hash (Subresource Integrity) before a byte of it runs.
 *
 * @param integrity default: the hash of this package's own module; `null`: not compared
 */
export async function fetchModule(
  url: string | URL,
  integrity: string | null = packaged,
): Promise<WebAssembly.Module> {
  requireWebAssembly();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  try {
    const response = await fetch(url, {
      ...(integrity === null ? {} : { integrity }),
      signal: controller.signal,
    });
    if (!response.ok || /^text\/html\b/i.test(response.headers.get("content-type") ?? "")) {
      throw unreachable(
        `its address answered ${response.ok ? "with a page" : `with status ${response.status}`}`,
      );
    }
    return await compileResponse(response);
  } catch (cause) {
    if (cause instanceof HonninError) throw cause;
    throw unreachable("the request failed, or the file is not the one that belongs to this version", cause);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(what: string, cause?: unknown): HonninError {
  return new HonninError(
    "wasm-unreachable",
    `honnin.wasm could not be loaded: ${what}. Serve the file "honnin/wasm" and name its address by init({ url }); ` +
      "with Vite, list honnin in optimizeDeps.exclude.",
    { cause },
  );
}
