import { basicItemNames, type Language } from "./data.ts";
import { type Html, html } from "./html.ts";
import { cardIcon } from "./icons.ts";
import { authPaths, paths } from "./paths.ts";
import { texts } from "./texts/index.ts";

/** The parameter of the login route for the scopes to request, one for each. */
export const scopeParameter = "scope";

/** The button, with the choice of the basic items to request. A plain form that works without the script. */
export function loginForm(lang: Language): Html {
  const t = texts[lang];
  const choices = basicItemNames.map(
    (name) =>
      html`<label class="choice"><input type="checkbox" name="${scopeParameter}" value="${name}" checked><span>${t.items[name]}</span></label>\n`,
  );
  return html`<form class="login card" action="${authPaths.login}" method="get" data-guard>
<input type="hidden" name="return_to" value="${paths.result[lang]}">
<input type="hidden" name="lang" value="${lang}">
<input type="hidden" name="${scopeParameter}" value="openid">
<fieldset aria-describedby="items-hint">
<legend>${t.home.itemsLegend}</legend>
<div class="choices">
${choices}</div>
<p class="hint" id="items-hint">${t.home.itemsHint}</p>
</fieldset>
<button class="button primary" type="submit" data-busy="${t.home.leaving}">${cardIcon}<span>${t.loginButton}</span></button>
</form>`;
}
