import type { InAppBrowser } from "./detect-in-app-browser.js";

/**
 * A link from an app's own browser to the usual browser; `undefined` if there is none that works, as on iOS outside of LINE.
 *
 * @param url the page's own address
 */
export function browserLink(app: InAppBrowser, url: string, userAgent: string): string | undefined {
  const target = new URL(url);
  if (app === "LINE") {
    // LINE opens a link with this parameter in the usual browser, on both systems.
    target.searchParams.set("openExternalBrowser", "1");
    return target.href;
  }
  if (!/\bAndroid\b/.test(userAgent)) return undefined;
  const scheme = target.protocol.slice(0, -1);
  // An intent has its own fragment, so the page's cannot be kept.
  return (
    `intent://${target.host}${target.pathname}${target.search}#Intent;scheme=${scheme};` +
    "action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end"
  );
}
