// The site of the load test, the same on Node and in a Worker. Each login is entered into a ledger that no kill reaches.
import { environmentAt } from "honnin/launch";
import {
  type PrivateJwk,
  type RequestContext,
  readCookies,
  relyingParty,
  type Store,
} from "honnin/relying-party";

export interface SiteSettings {
  readonly origin: string;
  readonly serviceOrigin: string;
  /** Where logins are entered. */
  readonly ledger: string;
  readonly clientId: string;
  readonly clientKey: PrivateJwk;
}

/** A login, as `onLogin` saw it. */
export interface Entry {
  readonly handoff: string;
  readonly person: string;
  /** The browser that got the login. */
  readonly browser: string;
}

export type Site = (request: Request, context?: RequestContext) => Promise<Response>;

/** Seconds until an unused code, a number that nobody types, and a login that nobody takes over have lapsed. */
export const LAPSE = 60;
/** How often a number may be typed. */
export const TRIES = 5;

export function makeSite(
  { origin, serviceOrigin, ledger, clientId, clientKey }: SiteSettings,
  store: Store,
): Site {
  const party = relyingParty({
    environment: environmentAt(serviceOrigin),
    allowEmulator: true,
    clientId,
    clientKey,
    redirectUri: `${origin}/auth/callback`,
    cookieSecret: "0123456789abcdefghijklmnopqrstuv",
    store,
    timeout: 10,
    handoff: {
      lifetime: 2 * LAPSE,
      codeLifetime: LAPSE,
      numberLifetime: LAPSE,
      claimLifetime: LAPSE,
      tries: TRIES,
      clientOf: { header: "x-forwarded-for" },
      limits: { perClient: 200 },
    },
    async onLogin({ sub, returnTo }, request) {
      const browser = readCookies(request).find(({ name }) => name === "browser")?.value ?? "";
      const entry: Entry = { handoff: returnTo, person: sub, browser };
      const { ok } = await fetch(ledger, { method: "POST", body: JSON.stringify(entry) });
      if (!ok) throw new Error("the ledger took nothing");
      return { sessionData: { person: sub, handoff: returnTo } };
    },
  });
  return async (request, context) => {
    if (new URL(request.url).pathname !== "/me") return party.fetch(request, context);
    return Response.json((await party.session(request))?.data ?? null);
  };
}
