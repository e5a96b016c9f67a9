// The person's part in a login with the element of the demo's home page: on the computer, and on the phone.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { readQr } from "../support/qr.ts";
import type { Stack } from "../support/stack.ts";
import { patience, type Tab } from "./browser.ts";

export type Language = "ja" | "en";

const inElement = (selector: string) => `honnin-login >>> ${selector}`;
export const title = inElement("[part~=title]");
export const button = inElement("[part~=button]");
export const code = inElement("svg[part=qr]");
export const numberField = inElement("input");

export const titles = {
  waiting: { ja: /^QRコードを読み取る$/, en: /^Scan the QR code$/ },
  scanned: { ja: /^番号を入力する$/, en: /^Enter the number$/ },
  numbered: { ja: /^スマートフォンで手続きを続けてください$/, en: /^Continue on your phone$/ },
  authorizing: { ja: /^アプリで本人確認をしてください$/, en: /^Identify yourself in the app$/ },
  lapsed: { ja: /^QRコードの有効期限が切れました$/, en: /^The QR code has expired$/ },
} as const;

/** Waits until the text of an element matches, and gives it. */
export async function textThat(
  tab: Tab,
  selector: string,
  pattern: RegExp,
  limit = patience,
): Promise<string> {
  let text = "";
  for (const start = performance.now(); performance.now() - start < limit; await wait(50)) {
    text = (await tab.has(selector)) ? await tab.text(selector) : "";
    if (pattern.test(text.trim())) return text.trim();
  }
  throw new Error(`${selector} stays “${text}”, not ${pattern}`);
}

export const home = ({ site }: Stack, lang: Language) => `${site.origin}${lang === "ja" ? "/" : "/en/"}`;

/** From the button to the QR code. */
export async function begin(pc: Tab, stack: Stack, lang: Language = "ja"): Promise<void> {
  await pc.open(home(stack, lang));
  await pc.click(button);
}

/** What the QR code on the screen says, once it is drawn. */
export async function readCode(pc: Tab): Promise<string> {
  await pc.reveal(code);
  let failure: unknown;
  for (const start = performance.now(); performance.now() - start < patience; await wait(100)) {
    try {
      return readQr(await pc.screenshot());
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

/** On the phone: from the address in the code to the number. */
export async function scan(phone: Tab, url: string): Promise<string> {
  assert.match(url, /\/auth\/handoff\/s\/[\w-]{43}$/);
  await phone.open(url);
  await phone.click('form[action$="/scan"] button');
  return textThat(phone, ".number", /^\d{6}$/);
}

export async function typeNumber(pc: Tab, number: string): Promise<void> {
  await pc.type(numberField, number);
  await pc.click(button);
}

/** On the phone: its page changes by itself once the number was typed. */
export const goToService = (phone: Tab) => phone.click('a[href$="/auth/handoff/authorize"]');

/** On the phone, in the emulated app: from はじめる to 許可, and back to the site. */
export async function useApp(phone: Tab): Promise<void> {
  await phone.text('[data-testid="open-app"], [data-testid="switch-device"]');
  // Where a browser that says it is a phone is taken for a computer all the same.
  if (!(await phone.has('[data-testid="open-app"]'))) await phone.click('[data-testid="switch-device"]');
  await phone.click('[data-testid="open-app"]');
  await phone.click('[data-testid="start"]');
  await phone.type("#pin", "1234");
  await phone.click('[data-testid="submit-pin"]');
  await phone.click('[data-testid="same-pin"]');
  await phone.click('input[name="person"][value="ordinary"]');
  await phone.click('[data-testid="hold-card"]');
  await phone.click('[data-testid="allow"]');
  await phone.click('[data-testid="return"]');
}

/** What the phone's page says at the end. */
export const phoneIsDone = (phone: Tab, lang: Language = "ja") =>
  textThat(phone, 'main[data-state="done"], main[data-state="claimed"]', doneOnPhone[lang]);

const doneOnPhone = { ja: /パソコンの画面に戻ってください/, en: /computer/ };
