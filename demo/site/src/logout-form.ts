import type { Language } from "./data.ts";
import { type Html, html } from "./html.ts";
import { authPaths } from "./paths.ts";
import { texts } from "./texts/index.ts";

/** The parameter of a page that the user comes to by logging out. */
export const loggedOutParameter = "logged_out";

/** The button, which leads to a page that confirms it. */
export function logoutForm(lang: Language, returnTo: string, label = texts[lang].result.logout): Html {
  const query = new URLSearchParams({ return_to: `${returnTo}?${loggedOutParameter}`, lang });
  return html`<form action="${`${authPaths.logout}?${query}`}" method="post">
<button class="button secondary" type="submit">${label}</button>
</form>`;
}
