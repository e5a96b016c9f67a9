// Hono on Node. On other runtimes, `export default app` takes the place of `serve`.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { rp } from "./auth.ts";

const app = new Hono();
app.all("/auth/*", (c) => rp.fetch(c.req.raw));
app.get("/account", async (c) => {
  const session = await rp.session(c.req.raw);
  return session === undefined
    ? c.redirect(`${rp.paths.login}?return_to=/account`, 303)
    : c.body(JSON.stringify(session.data), 200, { "content-type": "application/json" });
});

export const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
