// Hono on any runtime.
import { Hono } from "hono";
import { rp } from "./auth.ts";

export const app = new Hono();
app.all("/auth/*", (c) => rp.fetch(c.req.raw));
app.get("/account", async (c) => {
  const session = await rp.session(c.req.raw);
  return session === undefined
    ? c.redirect(`${rp.paths.login}?return_to=/account`, 303)
    : c.body(JSON.stringify(session.data), 200, { "content-type": "application/json" });
});
