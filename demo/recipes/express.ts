// Express 5 or 4.
import express from "express";
import { toNodeHandler, toRequest } from "honnin/relying-party/node";
import { origin, rp } from "./auth.ts";

const app = express();
// Before express.json() and other parsers of bodies.
app.use(toNodeHandler(rp, { origin }));
app.get("/account", async (request, response) => {
  const session = await rp.session(toRequest(request, { origin }));
  if (session === undefined) response.redirect(303, `${rp.paths.login}?return_to=/account`);
  else response.json(session.data);
});

export const server = app.listen(process.env.PORT ?? 3000);
