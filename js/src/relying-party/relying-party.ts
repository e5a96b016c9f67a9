import { createHandler, type RelyingParty } from "./handler.js";
import type { RelyingPartyOptions } from "./options/options.js";
import { readSigningOptions } from "./options/signing-options.js";
import { signingTexts } from "./page/signing-texts.js";
import { parts } from "./parts.js";
import { wingOf } from "./signing/load-wing.js";

/**
 * Creates one `fetch(request)` handler for the login with デジタル認証サービス: `login` (GET), `callback` (GET) and `logout` (POST)
 * in the directory of the redirect URI; with `signing`, also `sign` (POST) and `sign/resume` (GET); with
 * `handoff`, `handoff` and the paths below it. It sends no request and uses no
 * randomness until the handler is called. The code for signatures and the texts of pages are loaded when a request needs them; a bundle
 * that must not contain the code for signatures at all uses {@link relyingPartyForLogins}.
 *
 * @throws HonninError `options-invalid`, `client-key-invalid`, `decryption-key-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { relyingParty } from "honnin/relying-party";
 *
 * const { CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
 * const rp = relyingParty({
 *   environment: environments.sandbox,
 *   clientId: "shop",
 *   clientKey: JSON.parse(CLIENT_KEY), // created by `npx honnin keygen`
 *   redirectUri: "https://shop.example/auth/callback",
 *   scope: "openid name",
 *   cookieSecret: COOKIE_SECRET, // created by `npx honnin keygen --cookie-secret`
 *   onLogin: ({ sub, user }) => ({ sessionData: { sub, name: user?.name } }),
 *   onError: ({ code, message }) => console.error(code, message),
 * });
 *
 * export async function handle(request: Request): Promise<Response> {
 *   const { pathname } = new URL(request.url);
 *   if (pathname.startsWith("/auth/")) return rp.fetch(request);
 *   return Response.json((await rp.session(request))?.data ?? null);
 * }
 * ```
 */
export function relyingParty(options: RelyingPartyOptions): RelyingParty {
  return createHandler(options, parts, {
    read: (signing, surroundings) =>
      wingOf(readSigningOptions(signing, surroundings), () => import("./signing-wing.js")),
    texts: signingTexts,
  });
}
