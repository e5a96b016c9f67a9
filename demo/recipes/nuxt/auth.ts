// Nuxt 3 and 4, and Nitro 2: server/routes/auth/[...].ts
import { defineEventHandler, toWebRequest } from "h3";
import { rp } from "../auth.ts";

/** `toWebRequest` has the whole path, also below `app.baseURL`; the redirect URI contains it too. */
export default defineEventHandler((event) => {
  const request = toWebRequest(event);
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/$/, "");
  return rp.fetch(new Request(url, request));
});
