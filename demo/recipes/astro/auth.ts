// Astro with an adapter for servers: src/pages/auth/[...path].ts
import { rp } from "../auth.ts";

export const prerender = false;

/** With `base`, the redirect URI contains it too: Astro keeps it in the URL. `trailingSlash: "always"` adds a slash, which is taken away. */
export function ALL({ request }: { readonly request: Request }): Promise<Response> {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/$/, "");
  return rp.fetch(new Request(url, request));
}
