import { HonninError } from "../error.js";
import { fromFile } from "../on-demand.js";
import { compileBytes } from "./compile.js";
import { integrity as packaged } from "./integrity.js";
import type { ModuleName } from "./modules.js";

const timeout = 60_000;

/**
 * Fetches and compiles the module. The platform checks its hash (Subresource Integrity) before any of it runs.
 *
 * @param integrity of a valid form; default: the hash of the module in this package; `null`: not checked
 * @throws HonninError `wasm-unreachable`, and what the platform throws while it compiles
 */
export async function fetchModule(
  name: ModuleName,
  url: string | URL,
  integrity: string | null = packaged[name],
): Promise<WebAssembly.Module> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  const { signal } = controller;
  let answer: Response | undefined;
  let bytes: ArrayBuffer | undefined;
  let cause: unknown;
  try {
    try {
      answer = await fetch(url, integrity === null ? { signal } : { integrity, signal });
      // Checked first: after compileStreaming refuses a response, its body may already be read.
      if (!isPage(answer) && !isStreamed(answer)) bytes = await answer.arrayBuffer();
    } catch (thrown) {
      answer = undefined;
      cause = thrown;
    }
    if (bytes !== undefined) return await compileBytes(bytes);
    if (answer !== undefined && !isPage(answer)) return await WebAssembly.compileStreaming(answer);
    const message = await fromFile(
      import("./loading-problem.js"),
      ({ loadingProblem }) => loadingProblem(name, { url, signal, isPage, answer }),
      `${name}.wasm could not be loaded: the request failed. Serve the file and give its URL with init.`,
    );
    throw new HonninError("wasm-unreachable", message, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** An error, or the page that some servers return for every URL. */
function isPage({ ok, headers }: Response): boolean {
  return !ok || /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

/** Whether the platform compiles the response while it arrives. */
function isStreamed({ headers }: Response): boolean {
  return (
    /^application\/wasm$/i.test(headers.get("content-type") ?? "") &&
    typeof WebAssembly.compileStreaming === "function"
  );
}
