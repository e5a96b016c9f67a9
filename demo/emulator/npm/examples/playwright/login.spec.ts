// Logins in a browser: npx playwright test
import { expect, test } from "@playwright/test";
import { startEmulator, type TestEmulator } from "honnin-emulator/testing";
import { createSite } from "../site.ts";
import { type Served, serve } from "./serve.ts";

let emulator: TestEmulator;
let served: Served;

test.beforeAll(async () => {
  // The port first: the redirect URI contains it.
  let site: (request: Request) => Promise<Response>;
  served = await serve((request) => site(request));
  emulator = await startEmulator({ client: { redirectUri: `${served.origin}/auth/callback` } });
  site = createSite(emulator);
});
test.afterAll(async () => {
  await emulator?.close();
  served?.close();
});

test("without clicks at the service", async ({ page }) => {
  emulator.nextLogin({ person: "ordinary-woman" });
  const began = Date.now();
  await page.goto(`${served.origin}/auth/login?return_to=/account`);
  await expect(page.locator("body")).toContainText("見本　花子");
  console.log(`one login: ${((Date.now() - began) / 1000).toFixed(3)} s`);
});

test("on the pages of the service, with a test card", async ({ page }) => {
  await page.goto(`${served.origin}/auth/login?return_to=/account`);
  await page.getByTestId("test-card").click();
  await page.getByTestId("person-foreign-resident").check();
  await page.getByTestId("authenticate").click();
  await expect(page.locator("body")).toContainText("SAMPLE MARIE-CLAIRE O'FICTION");
});

test("a wrong answer of the service shows the site's error page", async ({ page }) => {
  emulator.nextLogin({ response: "wrong-nonce" });
  const response = await page.goto(`${served.origin}/auth/login?return_to=/account`);
  expect(response?.status()).toBe(502);
});
