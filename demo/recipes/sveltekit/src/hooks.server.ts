// SvelteKit: the routes of the login, and who may see a page.
import type { Session } from "honnin/relying-party";

/** `Handle` of @sveltejs/kit, without its import. */
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
  // Not at the top: `vite build` loads this file, and its machine may not have the secrets.
  const { rp } = await import("./lib/server/auth.ts");
  const { pathname } = event.url;
  if (pathname.startsWith("/auth/")) return rp.fetch(event.request);
  event.locals.session = await rp.session(event.request);
  if (pathname.startsWith("/account") && event.locals.session === undefined)
    return new Response(null, { status: 303, headers: { location: "/auth/login?return_to=/account" } });
  return resolve(event);
}
