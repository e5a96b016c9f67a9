import type { HonninError } from "honnin";
import { checksSection } from "./checks.ts";
import type { PageContext } from "./data.ts";
import { asLoginErrorCode, errorGroups } from "./error-groups.ts";
import { html } from "./html.ts";
import { page } from "./page.ts";
import { paths } from "./paths.ts";
import { texts } from "./texts/index.ts";

/** A refusal, for the person in front of it: what happened, what to do, the code; below, what a developer looks for. */
export function errorPage(
  context: PageContext,
  { code, message, report }: Pick<HonninError, "code" | "message" | "report">,
): string {
  const { lang } = context;
  const t = texts[lang];
  const known = asLoginErrorCode(code);
  const { title, after, todo } = t.errorGroups[errorGroups[known]];
  return page(context, {
    title,
    code,
    layout: "narrow",
    main: html`<h1>${title}</h1>
<p class="lead">${t.errors[known]}</p>
${after !== undefined && html`<p>${after}</p>`}
<section aria-labelledby="todo-title">
<h2 id="todo-title">${t.error.whatToDo}</h2>
<ul class="todo">
${todo.map((line) => html`<li>${line}</li>\n`)}</ul>
</section>
<div class="actions">
<a class="button primary" href="${paths.home[lang]}">${t.error.again}</a>
</div>
<p class="code-line">${t.error.code} <code>${code}</code></p>
${
  message !== "" &&
  html`<details class="technical">
<summary>${t.error.technical}</summary>
<p>${t.error.message}</p>
<p lang="en">${message}</p>
</details>`
}
${report !== undefined && report.steps.length > 0 && checksSection(t, report, t.error.checksUntil)}`,
  });
}

/** A page that is not there, or not to be asked for in this way. */
export function plainPage(context: PageContext, which: "notFound" | "methodNotAllowed"): string {
  const { lang } = context;
  const t = texts[lang];
  const { title, text } = t[which];
  return page(context, {
    title,
    layout: "narrow",
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
<div class="actions"><a class="button primary" href="${paths.home[lang]}">${t.toHome}</a></div>`,
  });
}
