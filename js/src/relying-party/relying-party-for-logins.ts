import { createHandler, type RelyingParty } from "./handler.js";
import type { LoginPartyOptions } from "./options/options.js";
import { parts } from "./parts.js";

/**
 * As {@link relyingParty}, for a site without signatures: bundlers leave out their code, and a bundle in one file is smaller by more
 * than a third. An error of a signature that a hook throws gets the page of an error of the site.
 *
 * @throws HonninError `options-invalid`, also if `signing` is set; `client-key-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { relyingPartyForLogins } from "honnin/relying-party";
 *
 * const { CLIENT_KEY = "", COOKIE_SECRET = "" } = process.env;
 * export const { fetch, session } = relyingPartyForLogins({
 *   environment: environments.sandbox,
 *   clientId: "shop",
 *   clientKey: JSON.parse(CLIENT_KEY), // created by `npx honnin keygen`
 *   redirectUri: "https://shop.example/auth/callback",
 *   cookieSecret: COOKIE_SECRET, // created by `npx honnin keygen --cookie-secret`
 *   onLogin: ({ sub }) => ({ sessionData: { sub } }),
 *   onError: ({ code, message }) => console.error(code, message),
 * });
 * ```
 */
export function relyingPartyForLogins(options: LoginPartyOptions): RelyingParty {
  return createHandler(options, parts, undefined);
}
