import type { Language, PageContext } from "./data.ts";
import { type Content, type Html, html } from "./html.ts";
import { statusIcons, warningIcon } from "./icons.ts";
import { paths } from "./paths.ts";
import { texts } from "./texts/index.ts";

export interface PageParts {
  readonly title: string;
  readonly main: Html;
  readonly description?: string;
  /** The URL of the same page in the other language. Default: its home page. */
  readonly otherLanguagePath?: string;
  /** Which entry of the navigation is this page. */
  readonly current?: "home" | "sign" | "verify";
  /** An additional script for this page only. */
  readonly script?: string;
  /** Whether the user has just logged out. */
  readonly loggedOut?: boolean;
  /** Shown as `data-code` on `main`. */
  readonly code?: string;
  /** A class on `main` that chooses its width. */
  readonly layout?: "wide" | "narrow";
  /** Whether search engines may index the page. */
  readonly indexed?: boolean;
}

/** The frame of every page: skip link, banner, main, footer. */
export function page(context: PageContext, parts: PageParts): string {
  const { lang, service, assets } = context;
  const t = texts[lang];
  const other: Language = lang === "ja" ? "en" : "ja";
  const fullTitle = parts.title === t.siteName ? t.siteName : `${parts.title} | ${t.siteName}`;
  const head: Content[] = [
    parts.indexed === true ? null : html`<meta name="robots" content="noindex">\n`,
    parts.description === undefined ? null : html`<meta name="description" content="${parts.description}">\n`,
  ];
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${fullTitle}</title>
${head}<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.styles}">
<script src="${assets.script}" type="module"></script>
${parts.script !== undefined && html`<script src="${parts.script}" type="module"></script>\n`}</head>
<body>
<a class="skip-link" href="#main">${t.skipLink}</a>
<header class="banner">
<div class="frame banner-row">
<a class="brand" href="${paths.home[lang]}"><img src="${assets.icon}" alt="" width="28" height="28">${t.siteName}</a>
<nav class="pages" aria-label="${t.nav.label}">
<ul>
${(["home", "sign", "verify"] as const).map((name) => navLink(lang, name, parts.current === name))}</ul>
</nav>
<nav class="languages" aria-label="${t.languageLabel}"><a class="language" href="${parts.otherLanguagePath ?? paths.home[other]}" lang="${other}" hreflang="${other}">${t.otherLanguage}</a></nav>
</div>
</header>
<div class="service service-${service}" role="note">
<p class="frame">${warningIcon}<span><strong>${t.services[service].label}</strong> ${t.services[service].note}</span></p>
</div>
<main id="main" class="frame ${parts.layout ?? "wide"}" tabindex="-1"${parts.code !== undefined && html` data-code="${parts.code}"`}>
${
  parts.loggedOut === true &&
  html`<p class="notice done" role="status" data-logged-out>${statusIcons.passed}<span>${t.session.loggedOut}</span></p>
`
}${parts.main}
</main>
<footer class="footer"><p class="frame">${t.disclaimer}</p></footer>
</body>
</html>
`.text;
}

function navLink(lang: Language, name: "home" | "sign" | "verify", isCurrent: boolean): Html {
  const { nav } = texts[lang];
  const label = name === "home" ? nav.login : nav[name];
  return html`<li><a href="${paths[name][lang]}"${isCurrent && html` aria-current="page"`}>${label}</a></li>\n`;
}
