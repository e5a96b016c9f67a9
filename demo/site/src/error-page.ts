import type { HonninError, HonninErrorCode } from "honnin";
import type { PageContext } from "./data.ts";
import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import { paths } from "./paths.ts";
import { refusalOf, refusalParts } from "./refusal.ts";
import { type Texts, texts } from "./texts/index.ts";

/** What the error interrupted. */
export interface Interrupted {
  /** A signature, not a login. */
  readonly signing: boolean;
  /** The path to resume this browser's signature. */
  readonly resumePath?: string | undefined;
}

/** The page for an error: what happened, what to do, and the code for the user; below, the details for developers. */
export function errorPage(
  context: PageContext,
  error: Pick<HonninError, "code" | "message" | "report">,
  { signing, resumePath }: Interrupted = { signing: false },
): string {
  const { lang } = context;
  const t = texts[lang];
  const purpose = signing ? "signing" : "login";
  const { title } = refusalOf(t, purpose, error.code).group;
  const actions = signing ? signingActions(context, t, resumePath) : loginActions(context, t, error.code);
  return page(context, {
    title,
    code: error.code,
    layout: "narrow",
    current: signing ? "sign" : "home",
    otherLanguagePath: paths[signing ? "sign" : "home"][lang === "ja" ? "en" : "ja"],
    main: html`<h1>${title}</h1>
${refusalParts(t, purpose, error, { actions, canResume: signing && resumePath !== undefined })}`,
  });
}

function loginActions({ lang }: PageContext, t: Texts, code: HonninErrorCode): Html {
  // Without the cookie, it is unknown which of the two it was.
  const maySign = code === "login-cookie-missing";
  // It may have succeeded.
  const mayBeDone = code === "authorization-code-spent";
  return html`<div class="actions">
${
  mayBeDone &&
  html`<a class="button primary" href="${paths.result[lang]}">${t.session.toResult}</a>
`
}<a class="button ${mayBeDone ? "secondary" : "primary"}" href="${paths.home[lang]}">${t.error.again}</a>
${maySign && html`<a class="button secondary" href="${paths.sign[lang]}">${t.signing.toSign}</a>\n`}</div>`;
}

function signingActions({ lang }: PageContext, t: Texts, resumePath: string | undefined): Html {
  const again = (kind: string) =>
    html`<a class="button ${kind}" href="${paths.sign[lang]}">${t.refusal.startAgain}</a>`;
  if (resumePath === undefined) return html`<div class="actions">${again("primary")}</div>`;
  return html`<div class="actions">
<a class="button primary" href="${resumePath}" data-resume>${t.refusal.resume}</a>
${again("secondary")}
</div>`;
}

/** The page for an unknown URL or method. */
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
