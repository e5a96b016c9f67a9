// Why the file of a module could not be loaded. A file of its own, because most pages never need it; it imports nothing of what they do need,
// because esbuild would make a third file of that, to be fetched before a login.
import type { ModuleName } from "./modules.js";
import { watchPolicy } from "./policy.js";

/** A request for a module without success. */
export interface LoadingFailure {
  readonly url: string | URL;
  readonly signal: AbortSignal;
  /** Whether a response is not the file. */
  readonly isPage: (response: Response) => boolean;
  /** The response, if there was one that is not the file. */
  readonly answer: Response | undefined;
}

const fileOf = { honnin: "honnin/wasm", "id-token": "honnin/wasm/id-token" };
const callOf = { honnin: "init({ url })", "id-token": 'init({ only: "id-token", url })' };

/** The message of the error. */
export async function loadingProblem(name: ModuleName, failure: LoadingFailure): Promise<string> {
  return (
    `${name}.wasm could not be loaded: ${await findReason(failure)}. Serve the file "${fileOf[name]}" and give its URL with ` +
    `${callOf[name]}; with Vite, add honnin to optimizeDeps.exclude.`
  );
}

/**
 * What kept the file from being loaded. Without a response, it is requested again: the hash of an error page is wrong too, and then the
 * platform says neither status nor media type.
 */
async function findReason({ url, signal, isPage, answer }: LoadingFailure): Promise<string> {
  if (answer !== undefined) return `its URL returned ${described(answer)}`;
  const policy = watchPolicy(url);
  try {
    const response = await fetch(url, { signal });
    await response.body?.cancel();
    if (isPage(response)) return `its URL returned ${described(response)}`;
    return `the file does not have the hash of this version of honnin. Its URL returned ${described(response)}`;
  } catch {
    if (String(url).startsWith("file:")) {
      return (
        "a file: URL cannot be fetched. jsdom imitates a browser without this: run tests that verify in the environment of " +
        "Node (Jest and Vitest: @jest-environment node, @vitest-environment node)"
      );
    }
    return (await policy.blocked()) ?? "the request failed";
  } finally {
    policy.end();
  }
}

function described({ status, headers }: Response): string {
  return `status ${status} and the media type ${headers.get("content-type") ?? "none"}`;
}
