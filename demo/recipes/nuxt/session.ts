// Nuxt: server/middleware/session.ts. Pages get it by `useRequestEvent()?.context.session`; declare it in H3EventContext.
import { defineEventHandler } from "h3";
import { origin, rp } from "../auth.ts";

export default defineEventHandler(async (event) => {
  // The headers only: `toWebRequest` would take the body from the handlers that come after.
  event.context.session = await rp.session(new Request(origin, { headers: event.headers }));
});
