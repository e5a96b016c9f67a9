// The site under attack, for every runtime: logins and signatures as a shop might have them.
import { emulatorAt } from "honnin/launch";
import { memoryStore, type RelyingPartyOptions, readCookies, relyingParty } from "honnin/relying-party";

export interface SiteSettings {
  /** As browsers have it: https, though TLS ends in front of it. */
  readonly origin: string;
  readonly emulatorOrigin: string;
  readonly clientId: string;
  /** A private JWK, as JSON. */
  readonly clientKey: string;
}

/** What the site shows of a signature. */
export interface Signed {
  readonly sub: string;
  readonly document: string;
}

/** `/me` says who is logged in, `/signed` what was signed by whom, `/cookies` what has come; the rest is honnin's. */
export function makeSite(settings: SiteSettings): (request: Request) => Promise<Response> {
  const signed: Signed[] = [];
  const { fetch, session, paths } = relyingParty(optionsOf(settings, (one) => signed.push(one)));
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (Object.values(paths).includes(pathname)) return fetch(request);
    if (pathname === "/me") return Response.json((await session(request))?.data ?? null);
    if (pathname === "/signed") return Response.json(signed);
    if (pathname === "/cookies") return Response.json(readCookies(request));
    return new Response("There is nothing here.", { status: 404 });
  };
}

function optionsOf(settings: SiteSettings, onSigned: (one: Signed) => void): RelyingPartyOptions {
  return {
    environment: emulatorAt(settings.emulatorOrigin),
    allowEmulator: true,
    clientId: settings.clientId,
    clientKey: JSON.parse(settings.clientKey),
    redirectUri: `${settings.origin}/auth/callback`,
    cookieSecret: "0123456789abcdefghijklmnopqrstuv",
    onLogin: ({ sub }) => ({ sessionData: { sub }, returnTo: "/me" }),
    store: memoryStore(),
    signing: {
      mayStart: "anyone",
      method: { form: "digest-info" },
      forward: () => true,
      onSigned({ sub, document }) {
        onSigned({ sub, document: document.name });
        return { returnTo: "/signed" };
      },
    },
  };
}
