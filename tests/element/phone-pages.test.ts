// The handler's pages on the phone, in both languages, in every setting of a browser that changes what they look like, and by keyboard: axe
// finds nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type HttpsSite, startHttpsSite } from "../browsers/https-site.ts";
import { launchChromium } from "../support/chromium.ts";
import { loadAxe, overflow, takePicture, violations } from "./axe.ts";
import { phones } from "./phones.ts";

let site: HttpsSite;
let browser: Browser;

before(async () => {
  site = await startHttpsSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});

const looks = {
  light: { colorScheme: "light", forcedColors: "none", contrast: "no-preference" },
  dark: { colorScheme: "dark", forcedColors: "none", contrast: "no-preference" },
  contrast: { colorScheme: "light", forcedColors: "none", contrast: "more" },
  forced: { colorScheme: "dark", forcedColors: "active", contrast: "no-preference" },
} as const;

test("a slow way to the service is not cut short by the page that waits for news", async () => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const [pc, phone] = [await context.newPage(), await context.newPage()];
  await pc.goto(`${site.origin}/handoff`);
  await pc.click("#begin");
  await pc.locator("#url").filter({ hasText: "https:" }).waitFor();
  await phone.goto(await pc.locator("#url").innerText());
  await phone.click("form button");
  await pc.fill("#number", await phone.locator(".number").innerText());
  await pc.click("#send");
  await phone.route("**/auth/handoff/authorize", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    // The page hears of it twice before the browser does.
    for (let count = 0; count < 2; count += 1) await phone.waitForResponse("**/auth/handoff/phone/state");
    await route.fulfill({ response });
  });
  await phone.locator('a[href$="/auth/handoff/authorize"]').click();
  await phone.locator('[data-testid="authenticate"]').waitFor();
  await context.close();
});

for (const lang of ["ja", "en"] as const) {
  test(`axe finds nothing on the phone's pages: ${lang}`, async () => {
    const open = async (options = {}) => {
      const locale = lang === "ja" ? "ja-JP" : "en-US";
      const context = await browser.newContext({ locale, ignoreHTTPSErrors: true, ...options });
      context.setDefaultTimeout(20_000);
      return context.newPage();
    };
    const [pc, phone] = [await open(), await open({ viewport: { width: 390, height: 844 } })];

    /** In every look, without a change of the page. */
    const look = async (name: string, page: Page = phone) => {
      assert.equal(await page.getAttribute("html", "lang"), lang);
      await loadAxe(page);
      for (const [kind, media] of Object.entries(looks)) {
        await page.emulateMedia(media);
        // The system's colours are not the page's.
        const off = kind === "forced" ? ["color-contrast"] : [];
        assert.deepEqual(await violations(page, off), [], `${name}, ${kind}`);
        assert.equal(await overflow(page), 0, `${name}, ${kind}: fits`);
        await takePicture(page, `${lang}-phone-${name}-${kind}`, true);
      }
    };
    const begin = async () => {
      await pc.goto(`${site.origin}/handoff`);
      await pc.click("#begin");
      await pc.locator("#url").filter({ hasText: "https:" }).waitFor();
      return pc.locator("#url").innerText();
    };
    const code = (name: string) => phone.locator(`main[data-code="${name}"]`).waitFor();

    const url = await begin();
    const { userAgent } = phones.line;
    const app = await open({ viewport: { width: 390, height: 844 }, ...(userAgent && { userAgent }) });
    await app.goto(url);
    await app.locator('[data-app="LINE"]').waitFor();
    await look("scan-in-app", app);
    await phone.goto(url);
    await look("scan");
    await phone.locator("form button").press("Enter");
    const number = await phone.locator(".number").innerText();
    await look("number");
    const other = await open({ viewport: { width: 390, height: 844 } });
    await other.goto(url);
    await look("scanned-elsewhere", other);
    await pc.fill("#number", number);
    await pc.click("#send");
    const link = phone.locator('a[href$="/auth/handoff/authorize"]');
    await link.waitFor();
    await look("go");
    await link.press("Enter");
    await phone.locator('input[name="person"][value="ordinary"]').check();
    await phone.locator('[data-testid="authenticate"]').click();
    await phone.locator('main[data-state="done"], main[data-state="claimed"]').waitFor();
    await look("done");
    // The computer goes on by itself; until it has, no other page can be opened there.
    await pc.waitForURL(`${site.origin}/welcome`);

    await phone.goto(await begin());
    await phone.locator("form button").press("Enter");
    await phone.locator("button.quiet").press("Enter");
    await code("handoff-cancelled");
    await look("cancelled");
    await phone.goto(`${site.origin}/auth/handoff/s/${"x".repeat(43)}`);
    await code("handoff-not-found");
    await look("not-found");
    for (const page of [pc, phone, other, app]) await page.context().close();
  });
}
