import { checksSection } from "./checks.ts";
import type { LoginResult, PageContext } from "./data.ts";
import { html } from "./html.ts";
import { statusIcons } from "./icons.ts";
import { loginForm } from "./login-form.ts";
import { logoutForm } from "./logout-form.ts";
import { page } from "./page.ts";
import { paths } from "./paths.ts";
import { personSection } from "./person.ts";
import { texts } from "./texts/index.ts";
import { timelineSection } from "./timeline.ts";

/** The result of a verified login: the person, each check, and what happened. */
export function resultPage(context: PageContext, result: LoginResult): string {
  const { lang, service } = context;
  const t = texts[lang];
  return page(context, {
    title: t.result.title,
    otherLanguagePath: paths.result[lang === "ja" ? "en" : "ja"],
    main: html`<div class="result-head">
<h1>${statusIcons.passed}<span>${t.result.title}</span></h1>
<p class="lead">${t.result.lead}</p>
</div>
<div class="result">
<div class="result-main">
${personSection(t, result)}
${checksSection(t, result.report, t.result.checksTitle)}
</div>
${timelineSection(t, service, result)}
</div>
<div class="result-foot">
<p class="hint">${t.result.kept}</p>
<div class="actions">
<a class="button primary" href="${paths.home[lang]}">${t.result.again}</a>
${logoutForm(lang, paths.home[lang])}
</div>
</div>`,
  });
}

/** The result page without a result: no user has logged in, or the result was erased. */
export function noResultPage(context: PageContext, why: "none" | "forgotten"): string {
  const { lang } = context;
  const { title, text } = texts[lang].noResult[why];
  return page(context, {
    title,
    layout: "narrow",
    otherLanguagePath: paths.result[lang === "ja" ? "en" : "ja"],
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${loginForm(lang)}`,
  });
}
