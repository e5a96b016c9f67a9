// Every screen of the element, in both languages, widths and colour schemes, and with forced colours: axe finds nothing. The phone's pages
// have a file of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { loadAxe, overflow, takePicture, violations } from "./axe.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite } from "./pages.ts";
import { phones } from "./phones.ts";

let site: FakeSite;
let browser: Browser;

before(async () => {
  site = await elementSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});

interface Look {
  readonly lang: "ja" | "en";
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly off?: readonly string[];
}

const widths = { phone: 390, computer: 1280 };
const looks: Look[] = (["ja", "en"] as const).flatMap((lang) => [
  ...(["light", "dark"] as const).flatMap((colorScheme) =>
    Object.entries(widths).map(([name, width]) => ({
      lang,
      name: `${lang}-${colorScheme}-${name}`,
      options: { colorScheme, viewport: { width, height: 800 } },
    })),
  ),
  {
    lang,
    name: `${lang}-contrast`,
    options: { contrast: "more" as const, viewport: { width: 390, height: 800 } },
  },
  {
    lang,
    name: `${lang}-forced`,
    options: { forcedColors: "active" as const, viewport: { width: 390, height: 800 } },
    // The system's colours are not the element's.
    off: ["color-contrast"],
  },
]);

for (const { lang, name, options, off = [] } of looks) {
  test(`axe finds nothing in any state: ${name}`, async () => {
    site.reset();
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${site.origin}/${lang}`);
    await loadAxe(page);
    const element = page.locator("honnin-login");
    const trouble = element.locator("[part=trouble]:not([hidden])");
    /** Moves the page's clock, in steps: the next poll is planned only once the page has seen what became of the last one. */
    const passTime = async (isOver: () => Promise<boolean>) => {
      for (let step = 0; step < 120 && !(await isOver()); step++) await page.clock.runFor(500);
    };
    const look = async (state: string) => {
      assert.deepEqual(await violations(page, off), [], state);
      assert.equal(await overflow(page), 0, `${state} fits`);
      await takePicture(page, `${name}-${state}`);
    };
    const code = () => element.locator("[part=qr]").waitFor();
    const start = () => element.locator("[part~=button]").click();
    const isIn = (state: string) =>
      page.evaluate((expected) => document.querySelector("honnin-login")?.state === expected, state);
    const to = async (state: string, more = {}) => {
      site.go(state, more);
      if (state === "authorizing") await passTime(() => isIn(state));
      await page.waitForFunction(
        (expected) => document.querySelector("honnin-login")?.state === expected,
        state,
      );
      await look(state);
    };
    await look("idle");
    await start();
    await code();
    await look("waiting");
    await page.reload();
    await loadAxe(page);
    await code();
    await look("reloaded");
    await to("scanned");
    await page.keyboard.press("Enter");
    await element.locator("[part=problem]:not([hidden])").waitFor();
    await look("malformed");
    await page.keyboard.type("111111");
    await page.keyboard.press("Enter");
    await element
      .locator("[part=problem]")
      .filter({ hasText: lang === "ja" ? "違います" : "wrong" })
      .waitFor();
    await look("wrong");
    await to("numbered");
    site.faults = { events: 503, state: 503 };
    site.cutStreams();
    await page.reload();
    await loadAxe(page);
    await passTime(() => trouble.isVisible());
    await trouble.waitFor();
    await look("looking");
    site.faults = {};
    await to("authorizing");
    assert.equal(
      await element
        .locator(".spinner")
        .evaluate(
          (spinner) => spinner.getAnimations().filter(({ playState }) => playState === "running").length,
        ),
      0,
      "nothing moves",
    );
    await context.setOffline(true);
    await trouble.waitFor();
    await look("offline");
    await context.setOffline(false);
    for (const end of ["lapsed", "cancelled", "refused", "failed", "claimed"]) {
      if (end !== "lapsed") {
        await start();
        await code();
      }
      await to(end, end === "failed" ? { code: "internal-error" } : {});
    }
    site.faults.start = { status: 503, error: "store-unreachable" };
    await start();
    await element.locator("[part=code]").waitFor();
    await look("not-started");
    site.faults = { claim: 204 };
    await start();
    await code();
    await to("done");
    await context.close();
  });
}

for (const lang of ["ja", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing on a phone, in an app and before a signature: ${lang}, ${colorScheme}`, async () => {
      for (const [name, device, path] of [
        ["phone", phones.safari, ""],
        ["line", phones.line, ""],
        ["instagram", phones.instagram, "/plain"],
        ["sign", phones.safari, "/sign"],
      ] as const) {
        const context = await browser.newContext({ ...device, colorScheme });
        const page = await context.newPage();
        await page.goto(`${site.origin}/${lang}${path}`);
        await loadAxe(page);
        if (name === "sign") await page.locator("honnin-sign").getByRole("button").tap();
        const inApp = name === "line" || name === "instagram";
        if (inApp) await page.locator("honnin-login [part=notice]").waitFor();
        if (name === "line") {
          const more = page.locator("honnin-login [part=notice]").getByRole("button");
          await more.last().tap();
          await page.locator("honnin-login [part=qr]").waitFor();
        }
        assert.deepEqual(await violations(page, []), [], name);
        await takePicture(page, `${lang}-${colorScheme}-${name}`, true);
        await context.close();
      }
    });
  }
}

test("axe sees into the element: a colour that is too light is found", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.origin}/ja/autostart`);
  await page.locator("honnin-login [part=qr]").waitFor();
  await loadAxe(page);
  await page.evaluate(() =>
    document.querySelector("honnin-login")?.style.setProperty("--honnin-muted", "#eee"),
  );
  assert.match((await violations(page, [])).join(), /^color-contrast: <li>/);
  await context.close();
});
