import type { Platform } from "./platform.js";

/** `network`: no response; `service`: the server cannot answer now. */
export type Trouble = "network" | "service";

/** The outcome of a request: the JSON of a success or of a refusal (4xx except 429), or a trouble that may pass. */
export type Outcome =
  | { readonly kind: "ok" | "refused"; readonly json: unknown }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

const timeout = 10_000;

/** @param body sent as JSON with POST; without it, the request is a GET */
export async function request(platform: Platform, url: string, body?: object): Promise<Outcome> {
  const init: RequestInit = {
    mode: "same-origin",
    cache: "no-store",
    redirect: "error",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(timeout),
  };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { accept: "application/json", "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  let text: string;
  try {
    response = await platform.fetch(url, init);
    text = await response.text();
  } catch {
    return { kind: "trouble", trouble: "network" };
  }
  // 429: asked too often.
  if (response.status >= 500 || response.status === 429) return { kind: "trouble", trouble: "service" };
  return { kind: response.ok ? "ok" : "refused", json: parse(text) };
}

/** `undefined` if the text is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
