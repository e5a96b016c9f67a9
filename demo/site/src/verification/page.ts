import type { PageContext } from "../data.ts";
import { type Html, html } from "../html.ts";
import { warningIcon } from "../icons.ts";
import { page } from "../page.ts";
import { paths } from "../paths.ts";
import { picker } from "../signing/page.ts";
import { texts } from "../texts/index.ts";
import type { Trust } from "../trust.ts";

/** The verification page, which runs only in the browser. It contains the CA certificates, which are public. */
export function verifyPage(context: PageContext, trust: Trust): string {
  const { lang, assets } = context;
  const t = texts[lang].verification;
  return page(context, {
    title: t.title,
    description: t.description,
    otherLanguagePath: paths.verify[lang === "ja" ? "en" : "ja"],
    indexed: true,
    current: "verify",
    script: assets.verify,
    main: html`<h1>${t.title}</h1>
<p class="lead">${t.lead}</p>
<p class="hint private">${t.private}</p>
<p class="notice needs-script" data-needs-script>${warningIcon}<span>${t.needsScript}</span></p>
<form class="verify" data-wasm="${assets.wasm}" data-trust="${JSON.stringify(trust)}" data-with-script hidden novalidate>
<div class="halves">
${source(context, "package")}
${source(context, "document")}
</div>
${advanced(context)}
<div class="verify-go">
<button class="button primary" type="submit" data-verify><span>${t.button}</span></button>
<div class="working" data-working hidden>
<progress max="1" value="0" aria-label="${t.progress}"></progress>
<button class="button quiet" type="button" data-cancel>${t.cancel}</button>
</div>
</div>
<p class="picker-status" role="status" data-status></p>
</form>
<div class="verify-result" data-result></div>`,
  });
}

function source({ lang }: PageContext, which: "package" | "document"): Html {
  const t = texts[lang].verification;
  return html`<section class="card file-card" aria-labelledby="${which}-source-title" data-source="${which}">
<h2 id="${which}-source-title">${t[which].title}</h2>
<p class="hint" id="${which}-hint">${t[which].hint}</p>
${picker(`${which}-file`, t.choose, t.drop, `${which}-hint`)}
<dl class="facts chosen" data-chosen hidden></dl>
</section>`;
}

function advanced({ lang }: PageContext): Html {
  const t = texts[lang].verification.advanced;
  return html`<details class="advanced">
<summary>${t.title}</summary>
<div class="field">
<label for="verify-date">${t.date}</label>
<input type="date" id="verify-date" aria-describedby="verify-date-hint">
<p class="hint" id="verify-date-hint">${t.dateHint}</p>
</div>
<label class="choice method"><input type="checkbox" id="verify-optional"><span><strong>${t.optional}</strong><span class="hint">${t.optionalHint}</span></span></label>
</details>`;
}

/** The same page on a site without trust anchors. */
export function verifyNotSetUpPage(context: PageContext): string {
  const { lang } = context;
  const { title, text } = texts[lang].verification.notSetUp;
  return page(context, {
    title,
    layout: "narrow",
    current: "verify",
    otherLanguagePath: paths.verify[lang === "ja" ? "en" : "ja"],
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
<div class="actions"><a class="button primary" href="${paths.home[lang]}">${texts[lang].toHome}</a></div>`,
  });
}
