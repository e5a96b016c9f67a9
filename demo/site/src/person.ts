import { eraYear } from "./birth-date.ts";
import { type BasicItemName, type Birthdate, basicItemNames, type LoginResult } from "./data.ts";
import { type Html, html } from "./html.ts";
import type { Texts } from "./texts/index.ts";

/** Who logged in: `sub` and the four basic items, each readable and as received. */
export function personSection(t: Texts, result: LoginResult): Html {
  return html`<section class="card person" aria-labelledby="person-title">
<h2 id="person-title">${t.result.personTitle}</h2>
<dl class="facts">
${basicItemNames.map((name) => itemRow(t, result, name))}<div class="fact">
<dt>${t.result.subLabel}</dt>
<dd><code class="sub" data-sub>${result.sub}</code><p class="hint">${t.result.subNote}</p></dd>
</div>
</dl>
<details class="claims">
<summary>${t.result.claimsTitle}</summary>
<p class="hint">${t.result.claimsNote}</p>
<pre tabindex="0">${JSON.stringify(result.claims, null, 2)}</pre>
</details>
</section>`;
}

function itemRow(t: Texts, result: LoginResult, name: BasicItemName): Html {
  return html`<div class="fact" data-item="${name}">
<dt>${t.items[name]}</dt>
<dd>${itemValue(t, result, name)}</dd>
</div>
`;
}

function itemValue(
  t: Texts,
  { user, requestedScopes, grantedScopes }: LoginResult,
  name: BasicItemName,
): Html {
  const missing = (text: string) => html`<span class="missing">${text}</span>`;
  if (!requestedScopes.includes(name)) return missing(t.result.notAsked);
  if (!grantedScopes.includes(name)) return missing(t.result.notGranted);
  if (user?.[name] === undefined) return missing(t.result.notSent);
  switch (name) {
    case "name":
      return html`<span class="value" lang="ja" translate="no">${user.name}</span>`;
    case "address": {
      const { raw, text } = user.address ?? { raw: "", text: "" };
      return html`<span class="value" lang="ja" translate="no">${text}</span>${typeof raw !== "string" && received(t, JSON.stringify(raw))}`;
    }
    case "birthdate": {
      const birthdate = user.birthdate ?? { raw: "" };
      return html`<span class="value">${birthDateText(t, birthdate)}</span>${received(t, birthdate.raw)}`;
    }
    case "gender": {
      const { raw, parsed } = user.gender ?? { raw: "" };
      return html`<span class="value">${parsed === undefined ? t.unknownGender(raw) : t.genders[parsed]}</span>${received(t, raw)}`;
    }
  }
}

function received(t: Texts, raw: string): Html {
  return html`<span class="received">${t.result.received} <code>${raw}</code></span>`;
}

/** A birth date as text. Unknown parts are named, never guessed. */
export function birthDateText(t: Texts, { parsed }: Birthdate): string {
  if (parsed === undefined) return t.unreadableDate;
  const { year, month, day } = parsed;
  if (month === undefined || day === undefined) return t.partialDate(year, month, day);
  return t.completeDate(year, month, day, eraYear(parsed));
}
