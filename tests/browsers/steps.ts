// The person's part in a login, by what the pages show.
import { setTimeout as wait } from "node:timers/promises";
import type { Stack } from "../support/stack.ts";
import { patience, type Tab } from "./browser.ts";

export interface LoginChoice {
  readonly lang?: "ja" | "en";
  /** Default: the result page of the language. */
  readonly returnTo?: string;
}

/** By a link, as far as the page of test cards. */
export async function beginLogin(tab: Tab, { site }: Stack, choice: LoginChoice = {}): Promise<void> {
  const { lang = "ja", returnTo = lang === "ja" ? "/result" : "/en/result" } = choice;
  const query = new URLSearchParams({ return_to: returnTo, lang });
  for (const scope of ["openid", "name", "address"]) query.append("scope", scope);
  await tab.open(`${site.origin}/auth/login?${query}`);
  await tab.text('[data-testid="authenticate"]');
}

/** On the page of test cards: the normal answer, with the card of `person`. */
export async function authenticate(tab: Tab, person = "ordinary"): Promise<void> {
  await tab.click(`input[name="person"][value="${person}"]`);
  await tab.click('[data-testid="authenticate"]');
}

/** To the result page. */
export async function logIn(tab: Tab, stack: Stack, choice?: LoginChoice): Promise<ShownPerson> {
  await beginLogin(tab, stack, choice);
  await authenticate(tab);
  return readPerson(tab);
}

/** Waits until the tab is at an address that matches, and gives it. */
export async function urlOf(tab: Tab, pattern: RegExp): Promise<string> {
  for (const start = performance.now(); ; await wait(50)) {
    const url = await tab.url();
    if (pattern.test(url)) return url;
    if (performance.now() - start > patience) throw new Error(`the tab stays at ${url}, not ${pattern}`);
  }
}

export interface ShownPerson {
  readonly sub: string;
  readonly name: string;
}

/** Who the result page says has logged in; waits for it. */
export async function readPerson(tab: Tab): Promise<ShownPerson> {
  return { sub: await tab.text("[data-sub]"), name: await tab.text('[data-item="name"] dd') };
}

/** On the phone: from はじめる to 許可 with the card of `person`. */
export async function useCard(phone: Tab, person: string): Promise<void> {
  await phone.click('[data-testid="start"]');
  await phone.type("#pin", "1234");
  await phone.click('[data-testid="submit-pin"]');
  await phone.click('[data-testid="same-pin"]');
  await phone.click(`input[name="person"][value="${person}"]`);
  await phone.click('[data-testid="hold-card"]');
  await phone.click('[data-testid="allow"]');
  await phone.text('[data-testid="return-to-computer"]');
}
