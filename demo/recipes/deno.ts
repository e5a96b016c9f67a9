// Deno. Start it with `deno serve --allow-net --allow-env --port 3000 deno.ts`.
import { origin, rp } from "./auth.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/auth/")) return rp.fetch(request);
    const session = await rp.session(request);
    // With the origin: on 127.0.0.1, the login would begin without the cookies of localhost.
    if (session === undefined)
      return Response.redirect(`${origin}${rp.paths.login}?return_to=${encodeURIComponent(pathname)}`, 303);
    return Response.json(session.data);
  },
};
