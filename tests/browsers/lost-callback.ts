// A callback that arrives without the cookies of its login: what blocked cookies, private windows and in-app browsers come to.
import type { Stack } from "../support/stack.ts";
import type { Cookie, Session, Tab } from "./browser.ts";
import { authenticate, beginLogin, type LoginChoice, urlOf } from "./steps.ts";

export interface LostCallback {
  /** Where the browser is: the callback's address, with a code that nobody has handed in. */
  readonly tab: Tab;
  readonly url: string;
  /** Puts the login's cookies back. */
  restore(): Promise<void>;
}

export async function loseCallback(
  session: Session,
  stack: Stack,
  choice?: LoginChoice,
): Promise<LostCallback> {
  const tab = await session.openTab();
  await beginLogin(tab, stack, choice);
  const other = await session.openTab();
  const cookies = await loginCookies(other, stack);
  await other.clearCookies();
  await authenticate(tab);
  const url = await urlOf(tab, /\/auth\/callback\?/);
  await tab.text("main[data-code]");
  return { tab, url, restore: () => other.setCookies(cookies) };
}

/** The cookies of the site with that of the login. WebKit may tell one tab of another's cookies a moment later. */
async function loginCookies(tab: Tab, stack: Stack): Promise<readonly Cookie[]> {
  for (let turn = 0; turn < 20; turn += 1) {
    await tab.open(`${stack.site.origin}/`);
    const cookies = await tab.cookies();
    if (cookies.some(({ name }) => name.includes("honnin-login"))) return cookies;
  }
  throw new Error("the login set no cookie");
}
