import { browserLink } from "../../launch/browser-link.js";
import type { InAppBrowser } from "../../launch/detect-in-app-browser.js";
import type { Language } from "../language.js";
import { inAppTexts } from "../texts/in-app.js";
import { h } from "./dom.js";
import { warningIcon } from "./icons.js";
import { drawQr } from "./qr.js";
import { button } from "./screen.js";

/** In addition to the style of the element. */
export const inAppStyle = `
[part~=notice]{display:grid;gap:.75rem}
[part~=notice] [part~=title]{display:flex;gap:.5rem}
[part~=notice] :is([part~=secondary],[part~=link]){border-color:currentColor;color:inherit}
[part~=notice] [part~=secondary]{background:transparent}
[part~=notice] .main{background:var(--notice-ink);color:var(--notice)}
[part~=address]{inline-size:100%;padding:.5rem;border:1px solid;border-radius:4px;background:var(--surface);color:var(--ink);font:inherit}
`;

/**
 * The warning in an app's own browser, and the ways to the usual browser: a link where one works, the address to copy, a QR code
 * for another device.
 *
 * @param say tells a screen reader
 */
export function inAppNotice(language: Language, app: InAppBrowser, say: (text: string) => void): HTMLElement {
  const inApp = inAppTexts[language];
  const url = location.href;
  const link = browserLink(app, url, navigator.userAgent);
  const result = h("div", { class: "result", hidden: true });
  const show = (...shown: Node[]) => {
    result.hidden = false;
    result.replaceChildren(...shown);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      show(h("p", { part: "text" }, inApp.copied));
      say(inApp.copied);
    } catch {
      // Apps may refuse the clipboard.
      const field = h("input", { part: "address", readonly: true, value: url, "aria-label": inApp.address });
      show(h("p", { part: "text" }, inApp.byHand), field);
      say(inApp.byHand);
      field.focus();
      field.select();
    }
  };
  const showQr = async () => {
    show(await drawQr(url, inApp.qr));
    result.scrollIntoView({ block: "nearest" });
    say(inApp.qr);
  };
  return h(
    "div",
    { part: "notice", role: "group", "aria-labelledby": "in-app" },
    h("p", { part: "title" }, warningIcon(), h("span", { id: "in-app" }, inApp.title)),
    h("p", { part: "text" }, inApp.text(app === "WebView" ? inApp.unknownApp : app)),
    ...(link === undefined
      ? []
      : [h("a", { part: "secondary", class: "main", href: link, rel: "noreferrer" }, inApp.open)]),
    button(inApp.copy, "secondary", () => void copy()),
    result,
    h("p", { part: "hint" }, inApp.menu),
    h(
      "div",
      { part: "actions" },
      button(inApp.showQr, "link", () => {
        showQr().catch(() => void copy());
      }),
    ),
  );
}
