// Nuxt: server/routes/account.get.ts. Link to the login with <a>, or `external` of <NuxtLink>: the router does not know its path.
import { defineEventHandler, sendRedirect } from "h3";
import type { Session } from "honnin/relying-party";
import { origin, rp } from "../auth.ts";

export default defineEventHandler((event) => {
  const session: Session | undefined = event.context.session;
  // With the origin: on 127.0.0.1, the login would begin without the cookies of localhost.
  if (session === undefined) return sendRedirect(event, `${origin}${rp.paths.login}?return_to=/account`, 303);
  return session.data;
});
