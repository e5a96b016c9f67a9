// Next.js: the session in server components, as `await sessionOf(await headers())` with `headers` of next/headers. Without a session,
// `redirect("/auth/login?return_to=/account")` of next/navigation. Link to the login with <a>, because <Link> prefetches.
import type { Session } from "honnin/relying-party";
import { origin, rp } from "../auth.ts";

export function sessionOf(headers: Headers): Promise<Session | undefined> {
  return rp.session(new Request(origin, { headers: new Headers(headers) }));
}
