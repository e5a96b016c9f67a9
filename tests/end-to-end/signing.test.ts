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

test("on a computer: a file is signed with the phone beside it, and its package verified", async () => {
  const page = await openDevice(browser, computer, "ja-JP");
  await choose(page, "ja", "computer-ja");
  await page.locator("[data-sign]").click();
  await page.locator('.qr[role="img"]').waitFor();
  const other = await openDevice(browser, phone, "ja-JP");
  await other.goto(readQr(await page.screenshot()));
  const number = await other.locator("[data-number]").getAttribute("data-number");
  await page.locator("#number").fill(number ?? "");
  await page.locator('[data-action="submit-number"]').click();
  await useSigningCard(other, { onScreen: (name) => shoot(other, `sign-phone-${name}-ja`) });
  // What is about to be signed shows on the phone.
  assert.ok(digest.startsWith((await other.locator("[data-hash]").getAttribute("data-hash")) ?? "none"));
  await allow(other);
  await other.locator('[data-action="return-to-computer"]').waitFor();
  const text = await readResult(page, "computer-ja");
  await verify(page, "ja", text, "computer-ja");
});

for (const [lang, locale] of [
  ["ja", "ja-JP"],
  ["en", "en-US"],
] as const) {
  test(`on a phone (${lang}): a file is signed by a tap, and its package verified`, async () => {
    const page = await openDevice(browser, phone, locale);
    await choose(page, lang, `phone-${lang}`);
    await page.locator("[data-sign]").click();
    await page.locator('[data-action="open-app"]').click();
    await useSigningCard(page, { onScreen: (name) => shoot(page, `sign-phone-${name}-${lang}`) });
    await allow(page);
    await shoot(page, `sign-phone-done-${lang}`);
    await page.locator('[data-action="return"]').click();
    await verify(page, lang, await readResult(page, `phone-${lang}`), `phone-${lang}`);
  });
}

test("the site's own document is signed without a script, hashed on the server", async () => {
  const context = await browser.newContext({ ...computer, locale: "en-US", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(at("sign", "en"));
  await shoot(page, "sign-without-script-computer-en");
  await page.locator('button[name="document"]').click();
  await page.locator('[data-action="switch-device"]').click();
  await page.locator('[data-action="open-app"]').click();
  await useSigningCard(page);
  await allow(page);
  await page.locator('[data-action="return"]').click();
  await page.waitForURL(/\/en\/sign\/result$/);
  await shoot(page, "sign-result-sample-computer-en");
});

test("中止 on the phone leads to a page from which the same document is signed after all", async () => {
  const page = await openDevice(browser, phone, "ja-JP");
  await choose(page, "ja", "phone-ja");
  await page.locator("[data-sign]").click();
  await page.locator('[data-action="open-app"]').click();
  await useSigningCard(page);
  await cancel(page);
  await page.locator('[data-action="return"]').click();
  await page.locator('[data-code="signature-cancelled"]').waitFor();
  await shoot(page, "sign-cancelled-phone-ja");
  await page.locator('a[href^="/auth/sign/resume"]').click();
  await page.locator('[data-action="open-app"]').click();
  await useSigningCard(page);
  await allow(page);
  await page.locator('[data-action="return"]').click();
  await readResult(page, "resumed-phone-ja");
});

for (const [card, code] of [
  ["revoked", "certificate-revoked"],
  ["unknown-policy", "policy-unsupported"],
] as const) {
  test(`a card that is ${card} leads to a page that says what to do`, async () => {
    for (const [device, name, lang] of [
      [phone, "phone", "ja"],
      [computer, "computer", "en"],
    ] as const) {
      const page = await openDevice(browser, device, lang === "ja" ? "ja-JP" : "en-US");
      await choose(page, lang, `${name}-${lang}`);
      await page.locator("[data-sign]").click();
      if (name === "computer") await page.locator('[data-action="switch-device"]').click();
      await page.locator('[data-action="open-app"]').click();
      await useSigningCard(page, { card });
      await allow(page);
      await page.locator('[data-action="return"]').click();
      await page.locator(`[data-code="${code}"]`).waitFor();
      await shoot(page, `sign-${card}-${name}-${lang}`);
    }
  });
}
