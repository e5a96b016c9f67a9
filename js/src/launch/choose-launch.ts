/** How to start: a link to tap on this phone, a redirect to the service's page, or a QR code on your own page. */
export type Launch = "link" | "redirect" | "qr";

/** Hints for {@link chooseLaunch}. In a browser, missing hints are read from the browser. */
export interface LaunchHints {
  /** `navigator.userAgent`, or the `User-Agent` header on a server. */
  readonly userAgent?: string | undefined;
  /** Whether the main pointer is a finger: `matchMedia("(pointer: coarse)").matches`. */
  readonly pointerCoarse?: boolean | undefined;
  /** `navigator.maxTouchPoints`. */
  readonly maxTouchPoints?: number | undefined;
  /** The shorter side of the display in CSS pixels. Default: the shorter side of `screen`, which does not change with the zoom. */
  readonly viewportWidth?: number | undefined;
  /** The launch on all devices other than phones. Default `redirect`: the service's page shows the QR code. */
  readonly onComputer?: "redirect" | "qr" | undefined;
  /**
   * The choice of the user or of your code. It takes precedence. Offer a choice, because no guess is right for every
   * device. Any other value, for example from a query parameter, is ignored.
   */
  readonly override?: Launch | undefined;
}

/** A touch display with a shorter side below this many CSS pixels is a phone (Android's limit for tablets). */
const phoneWidth = 600;

/**
 * Chooses how to launch the app.
 *
 * - A phone gets `link`: universal links and app links open an app on a tap, not on a redirect by a script.
 * - Tablets count as computers: iPads and most Android tablets have no NFC, so they cannot read the card, and the
 *   user needs the QR code for the phone. This includes an iPad that identifies itself as a Mac.
 * - A phone that requests "desktop sites" names another system. A touch display below 600 px identifies it.
 * - A small display with an unusual zoom may be treated as a computer, here or on the service's page. The user can
 *   still continue: the service's page opens the app too.
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
