// Astro: src/middleware.ts. `MiddlewareHandler` of astro is the type of `onRequest`; declare `session` in App.Locals. A page without a
// session returns `Astro.redirect(loginFor("/account"), 303)`. `security.checkOrigin` compares the origin of a form, such as the logout,
// with the URL of the request: behind a proxy that ends TLS, `security.allowedDomains` lets Astro know the browser's.
import type { Session } from "honnin/relying-party";
import { origin, rp } from "../auth.ts";

interface Context {
  readonly request: Request;
  /** Pages that are built in advance are for everybody. */
  readonly isPrerendered: boolean;
  readonly locals: { session?: Session | undefined };
}

/** With the origin: on 127.0.0.1, the login would begin without the cookies of localhost. */
export const loginFor = (path: string) => `${origin}${rp.paths.login}?return_to=${encodeURIComponent(path)}`;

export async function onRequest(
  { request, isPrerendered, locals }: Context,
  next: () => Promise<Response>,
): Promise<Response> {
  if (!isPrerendered) locals.session = await rp.session(request);
  return next();
}
