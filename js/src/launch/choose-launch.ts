/** How to begin: a link to tap on this phone, a redirect to the service's page, or a QR code on the page itself. */
export type Launch = "link" | "redirect" | "qr";

/** What {@link chooseLaunch} goes by. What is left out is read from the browser, where there is one. */
export interface LaunchHints {
  /** `navigator.userAgent`, or the `User-Agent` header on a server. */
  readonly userAgent?: string | undefined;
  /** Whether the main pointer is a finger: `matchMedia("(pointer: coarse)").matches`. */
  readonly pointerCoarse?: boolean | undefined;
  /** `navigator.maxTouchPoints`. */
  readonly maxTouchPoints?: number | undefined;
  /** CSS pixels of the display's shorter side. Default: that of `screen`, which zoom does not change. */
  readonly viewportWidth?: number | undefined;
  /** What to do on anything but a phone. Default `redirect`: the service's own page shows the QR code. */
  readonly onComputer?: "redirect" | "qr" | undefined;
  /**
   * What the user or the caller chose: it decides. Offer it, since every guess is wrong for somebody. What is none of
   * the three, say from a query parameter, is ignored.
   */
  readonly override?: Launch | undefined;
}

/** Below this, in CSS pixels of the shorter side, a touch display is a phone's (Android's own bound for tablets). */
const phoneWidth = 600;

/**
 * Chooses how to launch the app.
 *
 * - A phone gets `link`: universal links and app links fire on a tap, not on a redirect by script.
 * - Tablets count as computers: an iPad has no NFC and hardly any Android tablet has, so the card cannot be read
 *   there and the phone must come in by QR code. That holds for an iPad that says it is a Mac, too.
 * - A phone that asks for "desktop sites" names another system; a touch display below 600 px gives it away.
 * - A small display at an odd zoom may still be taken for a computer, here or by the service's page. That is no
 *   dead end: the service's page opens the app as well.
 *
 * @example
 * ```ts
 * import { chooseLaunch, qrSvg } from "honnin/launch";
 *
 * const url = "https://shop.example/auth/login";
 * const launch = chooseLaunch({ onComputer: "qr" });
 * console.log(launch === "qr" ? qrSvg(url) : `<a href="${url}">マイナンバーカードでログイン</a>`);
 * ```
 */
export function chooseLaunch(hints: LaunchHints = {}): Launch {
  const { override } = hints;
  if (override === "link" || override === "redirect" || override === "qr") return override;
  return isPhone({ ...readBrowser(), ...given(hints) }) ? "link" : (hints.onComputer ?? "redirect");
}

function isPhone({ userAgent = "", pointerCoarse, maxTouchPoints = 0, viewportWidth }: LaunchHints): boolean {
  const small =
    pointerCoarse === true && viewportWidth !== undefined && viewportWidth > 0 && viewportWidth < phoneWidth;
  if (/\b(iPhone|iPod)\b/.test(userAgent)) return true;
  if (/\biPad\b/.test(userAgent)) return false;
  if (/\bAndroid\b/.test(userAgent)) return /\bMobile\b/.test(userAgent) || small;
  if (/\b(Windows|CrOS)\b/.test(userAgent)) return false;
  return small && maxTouchPoints > 0;
}

function given(hints: LaunchHints): LaunchHints {
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}

function readBrowser(): LaunchHints {
  const { navigator, screen, matchMedia } = globalThis as Partial<Window & typeof globalThis>;
  const sides = [screen?.width, screen?.height].filter((side) => side !== undefined);
  return {
    userAgent: navigator?.userAgent,
    maxTouchPoints: navigator?.maxTouchPoints,
    pointerCoarse: matchMedia?.call(globalThis, "(pointer: coarse)").matches,
    viewportWidth: sides.length === 0 ? undefined : Math.min(...sides),
  };
}
