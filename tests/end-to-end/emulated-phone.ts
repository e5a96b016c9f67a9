// The person's part on the emulated phone, by what the screens show.
import type { Page } from "playwright-core";

const press = (page: Page, action: string) => page.locator(`[data-testid="${action}"]`).click();

async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator("#pin").fill(pin);
  await press(page, "submit-pin");
}

/** From はじめる to the consent screen of a signature, with a card of `person`. */
export async function useSigningCard(
  page: Page,
  { person = "ordinary", card = "normal", onScreen = async (_name: string): Promise<void> => undefined } = {},
): Promise<void> {
  await onScreen("start");
  await press(page, "start");
  await typePin(page, "1234");
  await page.locator("#sign-pin").fill("abc123");
  await onScreen("sign-pin");
  await press(page, "submit-sign-pin");
  await page.locator(`input[name="person"][value="${person}"]`).check();
  await page.locator(`input[name="card"][value="${card}"]`).check();
  await onScreen("card");
  await press(page, "hold-card");
  await page.locator('[data-testid="allow"]').waitFor();
  await onScreen("consent");
}

/** From はじめる to the consent screen, with the card of `person`. */
export async function useCard(page: Page, person: string): Promise<void> {
  await press(page, "start");
  await typePin(page, "1234");
  await press(page, "same-pin");
  await page.locator(`input[name="person"][value="${person}"]`).check();
  await press(page, "hold-card");
  await page.locator('[data-testid="allow"]').waitFor();
}

export const allow = (page: Page) => press(page, "allow");
export const cancel = (page: Page) => press(page, "cancel");
