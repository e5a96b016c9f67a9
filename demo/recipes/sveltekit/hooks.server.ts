// SvelteKit: src/hooks.server.ts. `Handle` of @sveltejs/kit is the type of `handle`; declare `session` in App.Locals.
import type { Session } from "honnin/relying-party";
import { rp } from "../auth.ts";

interface Event {
  readonly request: Request;
  readonly url: URL;
  readonly locals: { session?: Session | undefined };
}

export async function handle<Given extends Event>({
  event,
  resolve,
}: {
  event: Given;
  resolve(event: Given): Response | Promise<Response>;
}): Promise<Response> {
  if (event.url.pathname.startsWith("/auth/")) return rp.fetch(event.request);
  event.locals.session = await rp.session(event.request);
  return resolve(event);
}
