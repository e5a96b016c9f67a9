// The pages in a real browser: what only layout, styles, script and policy together can show.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../tests/support/chromium.ts";
import { type Demo, startDemo } from "../../worker/test/support.ts";
import { texts } from "../src/texts/index.ts";
import { openPage, overflow, screens } from "./visit.ts";

let demo: Demo;
let browser: Browser;
before(async () => {
  demo = await startDemo();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await demo.close();
});

const visit = (screen: keyof typeof screens, path: string) =>
  openPage(browser, { ...screens[screen] }, demo.worker.origin + path);

/** Through the test-card page; the response may be hidden in a closed group. */
async function logIn(page: Page, person: string, response = "normal"): Promise<void> {
  await page.click("form.login button");
  await page.waitForURL(/\/test-card$/);
  await page.check(`input[name=person][value="${person}"]`);
  await page.$eval(`input[name=response][value="${response}"]`, (input: HTMLInputElement) => input.click());
  await page.click("[data-testid=authenticate]");
  await page.waitForURL((url) => url.origin === demo.worker.origin);
}

for (const screen of ["phone", "computer"] as const) {
  for (const [lang, home, result] of [
    ["ja", "/", "/result"],
    ["en", "/en/", "/en/result"],
  ] as const) {
    test(`a login and a refused one on a ${screen} (${lang}): nothing overflows, nothing is blocked`, async () => {
      const { page, complaints } = await visit(screen, home);
      assert.equal(await overflow(page), 0);
      await logIn(page, "long-address");
      assert.equal(new URL(page.url()).pathname, result);
      assert.equal(await page.textContent("h1"), texts[lang].result.title);
      await page.click("[data-toggle-checks]");
      assert.equal(await page.locator(".check details:not([open])").count(), 0);
      assert.equal(await overflow(page), 0);
      await page.click("form[action^='/auth/logout'] button");
      await page.waitForURL(`${demo.worker.origin}${home}?logged_out`);
      await page.locator("[data-logged-out]").waitFor();
      await logIn(page, "long-name", "wrong-nonce");
      assert.equal(await page.getAttribute("main", "data-code"), "nonce-mismatch");
      assert.equal(await overflow(page), 0);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
}

test("a phone that passes for a computer by its user agent gets the phone's way, by the script", async () => {
  const { page } = await visit("phone", "/");
  await page.waitForSelector("details[data-device=phone][open]");
  assert.equal(await page.locator("details[data-device=computer][open]").count(), 0);
  await page.context().close();
});

test("what is not ticked is not asked for", async () => {
  const { page } = await visit("computer", "/");
  for (const item of ["address", "birthdate", "gender"]) await page.uncheck(`input[value=${item}]`);
  await logIn(page, "ordinary");
  assert.match((await page.textContent("[data-item=name] dd")) ?? "", /本人　太郎/);
  assert.equal((await page.textContent("[data-item=address] dd"))?.trim(), texts.ja.result.notAsked);
  await page.context().close();
});

test("the keyboard reaches the content first, and its focus can be seen", async () => {
  const { page } = await visit("computer", "/");
  await page.keyboard.press("Tab");
  const outline = () =>
    page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${outlineStyle} ${outlineWidth}`;
    });
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip-link");
  assert.equal(await outline(), "solid 3px");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("value")), "name");
  assert.equal(await outline(), "solid 3px");
  await page.context().close();
});

test("without its script the site works all the same", async () => {
  const context = await browser.newContext({ ...screens.phone, locale: "ja-JP", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo.worker.origin}/`);
  await page.click("form.login button");
  await page.waitForURL(/\/test-card$/);
  await page.click("[data-testid=authenticate]");
  await page.waitForURL(`${demo.worker.origin}/result`);
  assert.equal(await page.textContent("h1"), texts.ja.result.title);
  assert.equal(await page.locator("[data-toggle-checks]").isVisible(), false);
  await page.click("[data-check=signature] summary");
  assert.equal(await page.locator("[data-check=signature] dl").isVisible(), true);
  await context.close();
});
