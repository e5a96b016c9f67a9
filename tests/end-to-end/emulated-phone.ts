// The person's part on the emulated phone, by what the screens show.
import type { Page } from "playwright-core";

const press = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).click();

async function typePin(page: Page, pin: string): Promise<void> {
  await page.locator("#pin").fill(pin);
  await press(page, "submit-pin");
}

/** From はじめる to the consent screen, with the card of `person`. */
export async function useCard(page: Page, person: string): Promise<void> {
  await press(page, "start");
  await typePin(page, "1234");
  await press(page, "same-pin");
  await page.locator(`input[name="person"][value="${person}"]`).check();
  await press(page, "hold-card");
  await page.locator('[data-action="allow"]').waitFor();
}

export const allow = (page: Page) => press(page, "allow");
export const cancel = (page: Page) => press(page, "cancel");
