// What a person does with the demo, in a real browser: on a computer with a phone beside it, and on a phone alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { readQr } from "../support/qr.ts";
import { computer, openDevice, phone, shoot } from "./devices.ts";
import { allow, cancel, useCard } from "./emulated-phone.ts";
import { npmStart, type StartedDemo } from "./npm-start.ts";

let browser: Browser;
let demo: StartedDemo;

before(async () => {
  browser = await launchChromium();
  demo = await npmStart();
});

after(async () => {
  await browser?.close();
});

const open = (device: BrowserContextOptions, locale: string): Promise<Page> =>
  openDevice(browser, device, locale);

const login = (page: Page) => page.locator('form[action="/auth/login"] button').click();

/** What the result page shows. */
async function readResult(page: Page) {
  await page.waitForURL(/\/result$/);
  const text = (selector: string) => page.locator(selector).innerText();
  const checks = await page
    .locator("[data-check]")
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute("data-check"), row.getAttribute("data-status")]),
    );
  return {
    sub: await text("[data-sub]"),
    name: await text('[data-item="name"] dd'),
    address: await text('[data-item="address"] dd'),
    birthdate: await text('[data-item="birthdate"] dd'),
    gender: await text('[data-item="gender"] dd'),
    checks: Object.fromEntries(checks) as Record<string, string>,
  };
}

function assertLoggedIn(result: Awaited<ReturnType<typeof readResult>>): void {
  assert.match(result.sub, /^[\x21-\x7e]{16,255}$/);
  assert.match(result.name, /本人/);
  for (const item of [result.address, result.birthdate, result.gender]) assert.notEqual(item.trim(), "");
  for (const id of ["signature", "issuer", "audience", "expiration", "nonce", "access-token-hash"]) {
    assert.equal(result.checks[id], "passed", `the check ${id}`);
  }
  assert.ok(!Object.values(result.checks).includes("failed"));
}

test("on a computer: the QR code is read off the screen, the number typed, and the computer goes on by itself", async () => {
  const page = await open(computer, "ja-JP");
  await page.goto(demo.url);
  await shoot(page, "home-computer-ja");
  await login(page);
  await page.locator('.qr[role="img"]').waitFor();
  await shoot(page, "service-computer-ja");
  const url = readQr(await page.screenshot());

  const other = await open(phone, "ja-JP");
  await other.goto(url);
  const number = await other.locator("[data-number]").getAttribute("data-number");
  assert.match(number ?? "", /^\d{6}$/);
  await shoot(other, "phone-number-ja");
  await page.locator("#number").fill(number ?? "");
  await page.locator('[data-testid="submit-number"]').click();
  await useCard(other, "ordinary");
  await shoot(other, "phone-consent-ja");
  await allow(other);
  await other.locator('[data-testid="return-to-computer"]').waitFor();

  const result = await readResult(page);
  assertLoggedIn(result);
  await shoot(page, "result-computer-ja");
});

for (const [locale, home] of [
  ["ja-JP", ""],
  ["en-US", "en/"],
] as const)
  test(`on a computer: the QR code on the site's own page, and the number from the phone (${locale})`, async () => {
    const page = await open(computer, locale);
    await page.goto(`${demo.url}${home}`);
    const element = page.locator("honnin-login");
    await element.getByRole("button").first().click();
    await element.locator('svg[part~="qr"]').waitFor();
    await shoot(page, `handoff-computer-qr-${locale.slice(0, 2)}`);
    await element.scrollIntoViewIfNeeded();
    const url = readQr(await page.screenshot());
    assert.match(url, /\/auth\/handoff\/s\/[\w-]{43}$/);

    const other = await open(phone, locale);
    await other.goto(url);
    await shoot(other, `handoff-phone-scanned-${locale.slice(0, 2)}`);
    await other.locator("main form button").first().click();
    const number = await other.locator(".number").innerText();
    assert.match(number, /^\d{6}$/);
    await shoot(other, `handoff-phone-number-${locale.slice(0, 2)}`);
    await element.locator("input").fill(number);
    await shoot(page, `handoff-computer-number-${locale.slice(0, 2)}`);
    await element.locator("input").press("Enter");
    // The phone's page goes on by itself, and its link opens the app.
    await other.locator('a[href$="/auth/handoff/authorize"]').click();
    await other.locator('[data-testid="open-app"]').click();
    await useCard(other, "ordinary");
    await allow(other);
    await other.locator('[data-testid="return"]').click();
    await other.locator('main[data-state="done"], main[data-state="claimed"]').waitFor();
    await shoot(other, `handoff-phone-done-${locale.slice(0, 2)}`);
    assert.equal((await other.context().cookies()).filter(({ name }) => /session/.test(name)).length, 0);

    const result = await readResult(page);
    assertLoggedIn(result);
  });

test("on a phone: the app opens by a tap and returns to the site; the same card gives the same sub", async () => {
  const subs: string[] = [];
  for (const locale of ["ja-JP", "en-US"]) {
    const page = await open(phone, locale);
    await page.goto(demo.url);
    // An English browser is led to English, and its user may choose Japanese.
    if (locale === "en-US") {
      await page.waitForURL(/\/en\/$/);
      await page.locator('a[hreflang="ja"]').first().click();
      await page.locator('html[lang="ja"]').waitFor();
      await page.locator('a[hreflang="en"]').first().click();
      await page.waitForURL(/\/en\/$/);
    }
    await shoot(page, `home-phone-${locale.slice(0, 2)}`);
    await login(page);
    await page.locator('[data-testid="open-app"]').click();
    await useCard(page, "ordinary");
    await allow(page);
    await page.locator('[data-testid="return"]').click();
    const result = await readResult(page);
    assertLoggedIn(result);
    await shoot(page, `result-phone-${locale.slice(0, 2)}`);
    subs.push(result.sub);
  }
  assert.equal(subs[0], subs[1]);
});

test("中止 on the phone brings the person back to a page that offers the login again", async () => {
  const page = await open(phone, "ja-JP");
  await page.goto(demo.url);
  await login(page);
  await page.locator('[data-testid="open-app"]').click();
  await useCard(page, "ordinary");
  await cancel(page);
  await page.locator('[data-testid="return"]').click();
  await page.locator('[data-code="login-denied"]').waitFor();
  await shoot(page, "cancelled-phone-ja");
});

test("a callback opened in another browser explains in-app browsers and private windows", async () => {
  const page = await open(computer, "en-US");
  await page.goto(demo.url);
  const response = await page.goto(`${demo.url}auth/callback?code=abc&state=${"x".repeat(43)}`);
  assert.equal(response?.status(), 400);
  await page.locator('[data-code="login-cookie-missing"]').waitFor();
  assert.match(await page.locator("main").innerText(), /private/i);
  await shoot(page, "cookie-missing-computer-en");
});

test("Ctrl-C stops everything, in good order", async () => {
  await demo.stop();
  assert.equal(demo.output.at(-1), "Stopped.");
  for (const url of [demo.url, demo.emulator]) await assert.rejects(fetch(url), TypeError, `${url} is gone`);
});
