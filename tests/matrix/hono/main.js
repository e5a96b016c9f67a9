import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { site, six } from "./honnin/six.js";

const app = new Hono();
app.all("/auth/*", (c) => site.fetch(c.req.raw));
app.get("/six", async (c) => c.json(await six()));

serve({ fetch: app.fetch, port: Number(process.env.PORT) });
