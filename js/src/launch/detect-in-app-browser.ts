/** An app whose own browser {@link detectInAppBrowser} recognizes; `WebView` for any other app. */
export type InAppBrowser =
  | "LINE"
  | "Yahoo! JAPAN"
  | "Instagram"
  | "Threads"
  | "X"
  | "Messenger"
  | "Facebook"
  | "TikTok"
  | "SmartNews"
  | "Gunosy"
  | "KakaoTalk"
  | "WeChat"
  | "Snapchat"
  | "Pinterest"
  | "LinkedIn"
  | "Google"
  | "WebView";

/** The first match counts: Threads names Instagram's parts, and Messenger those of Facebook. */
const apps: readonly (readonly [InAppBrowser, RegExp])[] = [
  ["LINE", /\bLine\/\d/],
  ["Yahoo! JAPAN", /\bYJApp-(IOS|ANDROID)\b/],
  ["Threads", /\bBarcelona \d/],
  ["Instagram", /\bInstagram \d/],
  ["Messenger", /\bFBAN\/Messenger|\bFB_IAB\/(Orca|MESSENGER)|\bMessengerLiteForiOS\b/],
  ["Facebook", /\bFBA[NV]\/|\bFB_IAB\//],
  ["X", /\bTwitter for iP(hone|ad)\b|\bTwitterAndroid\b/],
  ["TikTok", /\bmusical_ly|\btrill_|\bBytedanceWebview\b|\bTikTok\b/],
  ["SmartNews", /\bSmartNews\b/],
  ["Gunosy", /\bGunosy\b/],
  ["KakaoTalk", /\bKAKAOTALK\b/],
  ["WeChat", /\bMicroMessenger\//],
  ["Snapchat", /\bSnapchat\/\d/],
  ["Pinterest", /\[Pinterest\/(iOS|Android)\]/],
  ["LinkedIn", /\bLinkedInApp\b/],
  ["Google", /\bGSA\/\d/],
];

/** A browser of its own, built on a WebView: it may be the usual one of a phone. */
const realBrowser = /\bjp\.co\.yahoo\.android\.ybrowser\b/;
const androidWebView = /\bAndroid\b.*; wv\)/;
/** Safari and all browsers on iOS end with `Safari/…`; web views and pages on the home screen do not. */
const appleDevice = /\b(iPhone|iPod|iPad)\b.*\bAppleWebKit\//;

/**
 * Detects the browser inside an app. Such a browser has its own cookies, and the service returns through the phone's usual
 * browser, so a login that starts here cannot be completed. Say so before the user holds the card.
 *
 * User agents are a convention: an app may look like a browser, and an update may change what it sends. Use the result for
 * advice only, and let the user go on.
 *
 * @param userAgent `navigator.userAgent`, or the `User-Agent` header on a server
 * @returns the name of the app, `WebView` for an unknown app, or `undefined` for a browser
 *
 * @example
 * ```ts
 * import { detectInAppBrowser } from "honnin/launch";
 *
 * const app = detectInAppBrowser("Mozilla/5.0 (iPhone; …) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/15.1.0");
 * console.log(app === "LINE"); // true
 * ```
 */
export function detectInAppBrowser(userAgent: string): InAppBrowser | undefined {
  if (realBrowser.test(userAgent)) return undefined;
  const known = apps.find(([, pattern]) => pattern.test(userAgent));
  if (known !== undefined) return known[0];
  if (androidWebView.test(userAgent)) return "WebView";
  return appleDevice.test(userAgent) && !/\bSafari\/\d/.test(userAgent) ? "WebView" : undefined;
}
