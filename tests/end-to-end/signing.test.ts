// A document signed as a person signs it, with the demo as it starts: on a computer with a phone beside it, and on a
// phone alone; the package taken to the other page; what goes wrong, and how to go on from there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { readQr } from "../support/qr.ts";
import { computer, openDevice, phone, shoot } from "./devices.ts";
import { allow, cancel, useSigningCard } from "./emulated-phone.ts";
import { npmStart, type StartedDemo } from "./npm-start.ts";

let browser: Browser;
let demo: StartedDemo;

before(async () => {
  browser = await launchChromium();
  demo = await npmStart();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const languages = [
  ["ja", "ja-JP"],
  ["en", "en-US"],
] as const;

const contract = {
  name: "売買契約書（案）.txt",
  mimeType: "text/plain",
  buffer: Buffer.from("売主は買主に、架空の品を金一万円で売る。\n"),
};
/** sha256 of it, by another program. */
const digest = "83d7379631431ee23bb939146a77ae9fa830dd4330fbc556e46fc7296b362a1e";

const at = (path: string, lang: "ja" | "en") => `${demo.url}${lang === "en" ? "en/" : ""}${path}`;

/** The page to sign on, with the file chosen. */
async function choose(page: Page, lang: "ja" | "en", picture: string): Promise<void> {
  await page.goto(at("sign", lang));
  await shoot(page, `sign-${picture}`);
  await page.setInputFiles("#file", contract);
  await page.locator("[data-digest]").waitFor();
  assert.equal((await page.locator("[data-digest]").innerText()).replaceAll(/\s/g, ""), digest);
  await shoot(page, `sign-chosen-${picture}`);
}

/** The result of a signature; shows the holder only when asked. @returns the package */
async function readResult(page: Page, picture: string): Promise<Buffer> {
  await page.waitForURL(/\/sign\/result$/);
  assert.doesNotMatch(await page.content(), /本人　太郎/);
  const statuses = await page
    .locator("[data-check]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-status")));
  assert.ok(statuses.includes("passed") && !statuses.includes("failed"));
  assert.match(await page.locator("main").innerText(), /売買契約書（案）\.txt/);
  await shoot(page, `sign-result-${picture}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("[data-download]").click(),
  ]);
  await page.locator("[data-show-holder]").click();
  await page.getByText("本人　太郎").waitFor();
  await shoot(page, `sign-holder-${picture}`);
  return readFile(await download.path());
}

async function verify(page: Page, lang: "ja" | "en", text: Buffer, picture: string): Promise<void> {
  await page.goto(at("verify", lang));
  await shoot(page, `verify-${picture}`);
  await page.setInputFiles("#package-file", {
    name: "package.json",
    mimeType: "application/json",
    buffer: text,
  });
  await page.setInputFiles("#document-file", contract);
  await page.locator("[data-verify]").click();
  await page.locator('[data-verdict="good"]').waitFor();
  await shoot(page, `verify-good-${picture}`);
  await page.locator('[data-holder-action="show"]').click();
  await page.getByText("本人　太郎").waitFor();

  await page.setInputFiles("#document-file", { ...contract, buffer: Buffer.from("another text") });
  await page.locator("[data-verify]").click();
  await page.locator('[data-code="document-mismatch"]').waitFor();
  await shoot(page, `verify-refused-${picture}`);
}

/** From the site's button to the app on the same device. */
async function openApp(page: Page): Promise<void> {
  await page.locator("[data-sign]").click();
  await openAppHere(page);
}

/** From the service's page, which offers a computer the QR code first. */
async function openAppHere(page: Page): Promise<void> {
  await page.locator('[data-testid="open-app"], [data-testid="switch-device"]').first().waitFor();
  if ((await page.locator('[data-testid="open-app"]').count()) === 0)
    await page.locator('[data-testid="switch-device"]').click();
  await page.locator('[data-testid="open-app"]').click();
}

for (const [lang, locale] of languages) {
  test(`on a computer (${lang}): a file is signed with the phone beside it, and its package verified`, async () => {
    const page = await openDevice(browser, computer, locale);
    await choose(page, lang, `computer-${lang}`);
    await page.locator("[data-sign]").click();
    await page.locator('.qr[role="img"]').waitFor();
    const other = await openDevice(browser, phone, locale);
    await other.goto(readQr(await page.screenshot()));
    const number = await other.locator("[data-number]").getAttribute("data-number");
    await page.locator("#number").fill(number ?? "");
    await page.locator('[data-testid="submit-number"]').click();
    await useSigningCard(other);
    // What is about to be signed shows on the phone.
    assert.ok(digest.startsWith((await other.locator("[data-hash]").getAttribute("data-hash")) ?? "none"));
    await allow(other);
    await other.locator('[data-testid="return-to-computer"]').waitFor();
    const text = await readResult(page, `computer-${lang}`);
    await verify(page, lang, text, `computer-${lang}`);
  });

  test(`on a phone (${lang}): a file is signed by a tap, and its package verified`, async () => {
    const page = await openDevice(browser, phone, locale);
    await choose(page, lang, `phone-${lang}`);
    await openApp(page);
    await useSigningCard(page);
    await allow(page);
    await page.locator('[data-testid="return"]').click();
    await verify(page, lang, await readResult(page, `phone-${lang}`), `phone-${lang}`);
  });
}

test("the site's own document is signed without a script, hashed on the server", async () => {
  const context = await browser.newContext({ ...computer, locale: "en-US", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(at("sign", "en"));
  await shoot(page, "sign-without-script-computer-en");
  await page.locator('button[name="document"]').click();
  await openAppHere(page);
  await useSigningCard(page);
  await allow(page);
  await page.locator('[data-testid="return"]').click();
  await page.waitForURL(/\/en\/sign\/result$/);
  await shoot(page, "sign-result-sample-computer-en");
});

for (const [lang, locale] of languages) {
  for (const [name, device] of [
    ["phone", phone],
    ["computer", computer],
  ] as const) {
    // `npm run test:full` takes each device in each language.
    if (process.env.HONNIN_FULL !== "1" && (name === "phone") !== (lang === "ja")) continue;
    const picture = `${name}-${lang}`;

    /** As far as the consent screen, with the app on the same device. */
    const begin = async (card: string): Promise<Page> => {
      const page = await openDevice(browser, device, locale);
      await choose(page, lang, picture);
      await openApp(page);
      await useSigningCard(page, {
        card,
        onScreen: (screen) => shoot(page, `sign-app-${screen}-${picture}`),
      });
      return page;
    };

    test(`中止 in the app (${picture}) leads to a page from which the same document is signed after all`, async () => {
      const page = await begin("normal");
      await cancel(page);
      await page.locator('[data-testid="return"]').click();
      await page.locator('[data-code="signature-denied"]').waitFor();
      await shoot(page, `sign-cancelled-${picture}`);
      await page.locator('a[href^="/auth/sign/resume"]').click();
      await openAppHere(page);
      await useSigningCard(page);
      await allow(page);
      await shoot(page, `sign-app-done-${picture}`);
      await page.locator('[data-testid="return"]').click();
      await readResult(page, `resumed-${picture}`);
    });

    for (const [card, code] of [
      ["revoked", "certificate-revoked"],
      ["unknown-policy", "policy-unsupported"],
    ] as const) {
      test(`a card that is ${card} (${picture}) leads to a page that says what to do`, async () => {
        const page = await begin(card);
        await allow(page);
        await page.locator('[data-testid="return"]').click();
        await page.locator(`[data-code="${code}"]`).waitFor();
        await shoot(page, `sign-${card}-${picture}`);
      });
    }
  }
}
