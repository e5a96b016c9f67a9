// Cloudflare Workers, with a Durable Object as the store. `npx wrangler secret put CLIENT_KEY` and COOKIE_SECRET; `npx wrangler types`.
import { emulatorAt, environments } from "honnin/launch";
import { type RelyingParty, type RequestContext, relyingParty, type Store } from "honnin/relying-party";

export interface Settings {
  readonly ORIGIN: string;
  readonly CLIENT_ID: string;
  readonly CLIENT_KEY: string;
  readonly COOKIE_SECRET: string;
  /** In development only: the origin of honnin's emulator. */
  readonly EMULATOR?: string;
}

/** The Worker's `fetch`: `export default { fetch: worker((env) => durableObjectStore(env.STORE)) }`, and export `HonninStore`. */
export function worker<Env extends Settings>(storeOf: (env: Env) => Store) {
  let rp: RelyingParty | undefined;
  return async (request: Request, env: Env, context: RequestContext): Promise<Response> => {
    rp ??= relyingParty({
      environment: env.EMULATOR === undefined ? environments.sandbox : emulatorAt(env.EMULATOR),
      allowEmulator: env.EMULATOR !== undefined,
      clientId: env.CLIENT_ID,
      clientKey: JSON.parse(env.CLIENT_KEY),
      redirectUri: `${env.ORIGIN}/auth/callback`,
      cookieSecret: env.COOKIE_SECRET,
      store: storeOf(env),
      onLogin: ({ sub }) => ({ sessionData: { sub } }),
      onError: ({ code, message }) => console.error(code, message),
    });
    if (new URL(request.url).pathname.startsWith("/auth/")) return rp.fetch(request, context);
    const session = await rp.session(request);
    if (session === undefined)
      return Response.redirect(`${env.ORIGIN}${rp.paths.login}?return_to=/account`, 303);
    return Response.json(session.data);
  };
}
