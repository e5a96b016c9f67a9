// Bun. Start it with `bun run bun.ts`.
import { origin, rp } from "./auth.ts";

export default {
  port: process.env.PORT ?? 3000,
  // Its error page shows code.
  development: false,
  // Seconds. Bun cuts connections that are silent for 10: the events of a handoff, and a login while the service is slow.
  idleTimeout: 60,
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
