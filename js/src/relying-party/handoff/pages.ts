import { browserLink } from "../../launch/browser-link.js";
import { detectInAppBrowser } from "../../launch/detect-in-app-browser.js";
import type { Language } from "../http/language.js";
import type { Site } from "../http/site.js";
import { escaped, htmlPage } from "../page/html-page.js";
import type { Handoff } from "./handoff.js";
import { watchScript } from "./watch-script.js";

/** What both pages name. */
interface Named {
  readonly site: Site;
  readonly operator: string | undefined;
}

// Imported when a page needs them: a page needs one language.
const texts = { ja: () => import("./texts/ja.js"), en: () => import("./texts/en.js") };

/** The header may have any length, and the time of the search grows with its square. */
const MAX_USER_AGENT_CHARACTERS = 1_000;

/** The page of the scanned address: who asks for a login, what will happen, and when not to continue. */
export async function scanPage(
  language: Language,
  { site, operator, secret, userAgent }: Named & { readonly secret: string; readonly userAgent: string },
): Promise<Response> {
  const { text } = await texts[language]();
  const { title, what, steps, warning, button, privateWindow } = text.scan;
  const url = `${site.origin}${site.paths.handoff}/s/${secret}`;
  const notice = inAppNotice(text, url, userAgent.slice(0, MAX_USER_AGENT_CHARACTERS));
  const main = `<main data-state="waiting">
<h1>${escaped(title)}</h1>
${notice ?? ""}<p>${escaped(what)}</p>
${named(text, { site, operator })}
${warned(warning)}
<ol>
${steps.map((step) => `<li>${escaped(step)}</li>`).join("\n")}
</ol>
<form class="links" method="post" action="${escaped(`${site.paths.handoff}/scan`)}">
<input type="hidden" name="secret" value="${escaped(secret)}">
<button${notice === undefined ? "" : ' class="quiet"'}>${escaped(button)}</button>
</form>
${notice === undefined ? `${paragraph(privateWindow)}\n` : ""}</main>`;
  return htmlPage({ status: 200, language, title, main, hasForm: true });
}

/**
 * Many people scan codes with an app, in whose own browser the login cannot be completed. The page has spent nothing, so it can be opened
 * again elsewhere.
 */
function inAppNotice({ inApp }: Text, url: string, userAgent: string): string | undefined {
  const app = detectInAppBrowser(userAgent);
  if (app === undefined) return undefined;
  const { title, what, unknownApp, open, camera } = inApp;
  const link = browserLink(app, url, userAgent);
  return `<div class="warning" role="note" data-app="${escaped(app)}">
<p><strong>${escaped(title)}</strong></p>
${paragraph(what(app === "WebView" ? unknownApp : app))}
${link === undefined ? "" : `<p class="links"><a href="${escaped(link)}">${escaped(open)}</a></p>\n`}${paragraph(camera)}
</div>
`;
}

/** The page of the phone that scanned the code. */
export async function phonePage(
  language: Language,
  { handoff, ...name }: Named & { readonly handoff: Handoff },
): Promise<Response> {
  const { text } = await texts[language]();
  const { state, number } = handoff;
  if (state === "done" || state === "claimed") {
    const { title, what, close } = text.done;
    const main = `<main data-state="${state}">
<h1>${escaped(title)}</h1>
${[what, close].map(paragraph).join("\n")}
</main>`;
    return htmlPage({ status: 200, language, title, main });
  }
  const { title, body } = number === undefined ? goOn(text, name) : toType(text, name, number);
  const path = name.site.paths.handoff ?? "";
  const main = `<main data-state="${state}" data-watch="${escaped(`${path}/phone/state`)}">
<h1>${escaped(title)}</h1>
${body}
<form class="links" method="post" action="${escaped(`${path}/cancel`)}">
<button class="quiet">${escaped(text.cancel)}</button>
</form>
</main>`;
  return htmlPage({
    status: 200,
    language,
    title,
    main,
    hasForm: true,
    script: watchScript,
    head: '<noscript><meta http-equiv="refresh" content="5"></noscript>',
  });
}

type Text = Awaited<ReturnType<(typeof texts)[Language]>>["text"];

interface Part {
  readonly title: string;
  readonly body: string;
}

function toType(text: Text, name: Named, number: string): Part {
  const { title, what, warning, waiting } = text.number;
  const body = `${paragraph(what)}
<p class="number" translate="no">${number}</p>
${warned([warning])}
<p role="status">${escaped(waiting)}</p>
${named(text, name)}`;
  return { title, body };
}

/** A real link: phones open the service's app for links that the user follows. */
function goOn(text: Text, name: Named): Part {
  const { title, what, warning, link } = text.go;
  const body = `${paragraph(what)}
${named(text, name)}
${warned([warning])}
<p class="links"><a href="${escaped(`${name.site.paths.handoff}/authorize`)}">${escaped(link)}</a></p>`;
  return { title, body };
}

function warned(texts: readonly string[]): string {
  return `<div class="warning" role="note">\n${texts.map(paragraph).join("\n")}\n</div>`;
}

function named(text: Text, { site, operator }: Named): string {
  const rows = [[text.site, new URL(site.origin).host] as const];
  if (operator !== undefined) rows.push([text.operator, operator]);
  const list = rows.map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join("\n");
  return `<dl>\n${list}\n</dl>`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}
