import { type Html, type HtmlValue, html, trusted } from "../html.js";
import type { Language } from "../types.js";

const texts = {
  ja: {
    suffix: "エミュレーター",
    banner: "エミュレーター",
    bannerText: "本物のデジタル認証サービスではありません。実在の人の情報は入力しないでください。",
    switchTo: "English",
    skip: "本文へ移動",
  },
  en: {
    suffix: "Emulator",
    banner: "Emulator",
    bannerText: "This is not the real Digital Authentication Service. Do not enter data of real people.",
    switchTo: "日本語",
    skip: "Skip to content",
  },
} satisfies Record<Language, Record<string, string>>;

export interface LayoutOptions {
  readonly language: Language;
  readonly title: string;
  /** Where the language switch leads: this page. */
  readonly path: string;
  readonly body: HtmlValue;
  /** `phone`: a phone-sized page, in a frame on a wide window. */
  readonly shape?: "page" | "phone";
  readonly scripts?: readonly string[];
  readonly head?: Html;
  /** For the scripts: what they poll, where they go. */
  readonly data?: Readonly<Record<string, string>>;
}

/** The page around everything: banner, language switch, one style sheet. */
export function layout(options: LayoutOptions): Html {
  const { language, title, path, body, shape = "page", scripts = [], head, data = {} } = options;
  const t = texts[language];
  const other = language === "ja" ? "en" : "ja";
  const attributes = Object.entries(data).map(([name, value]) => html` data-${trusted(name)}="${value}"`);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} | ${t.suffix}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${head}${scripts.map((name) => html`<script src="/assets/${name}" defer></script>\n`)}</head>
<body class="${shape}">
<a class="skip" href="#main">${t.skip}</a>
<header class="banner">
<a class="language" href="${languageLink(path, other)}" hreflang="${other}" lang="${other}" data-testid="language">${t.switchTo}</a>
<p><strong>${t.banner}</strong> <span>${t.bannerText}</span></p>
</header>
<main id="main" data-testid="page"${attributes}>
${body}
</main>
</body>
</html>
`;
}

function languageLink(path: string, language: Language): string {
  const url = new URL(path, "http://emulator.invalid");
  url.searchParams.set("lang", language);
  return url.pathname + url.search;
}

/** A message that a screen reader announces. */
export function alert(message: string): Html {
  return html`<p class="alert" role="alert" id="alert" data-testid="alert">${message}</p>`;
}
