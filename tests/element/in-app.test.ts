// An app's own browser: the warning comes before the card is held, with the ways on that work there. And <honnin-sign>.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type {} from "honnin/element";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { readQr } from "../support/qr.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite, strictPolicy } from "./pages.ts";
import { phones } from "./phones.ts";

let site: FakeSite;
let browser: Browser;

before(async () => {
  site = await elementSite();
  site.headers = strictPolicy;
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});
beforeEach(() => site.reset());

async function visit<T>(device: BrowserContextOptions, path: string, look: (page: Page) => Promise<T>) {
  const context = await browser.newContext(device);
  const page = await context.newPage();
  await page.goto(`${site.origin}${path}`);
  await look(page);
  await context.close();
}

const notice = (page: Page) => page.locator("[part=notice]");

test("LINE: a link that opens the default browser, and the usual button is the second choice", async () => {
  for (const [lang, app, open, stay] of [
    ["ja", "LINEの中の画面（アプリ内ブラウザー）では", "ブラウザーで開く", "このまま続ける"],
    ["en", "in the browser inside LINE", "Open in the browser", "Continue here anyway"],
  ] as const) {
    await visit(phones.line, `/${lang}?next=%2Fa`, async (page) => {
      assert.ok((await notice(page).textContent())?.includes(app));
      assert.equal(
        await notice(page).getByRole("link", { name: open }).getAttribute("href"),
        `${site.origin}/${lang}?next=%2Fa&openExternalBrowser=1`,
      );
      const link = page.locator("honnin-login").getByRole("link", { name: stay });
      assert.ok((await link.getAttribute("href"))?.startsWith("/auth/login?"));
      const [warning, way] = [await notice(page).boundingBox(), await link.boundingBox()];
      assert.ok(
        warning !== null && way !== null && warning.y + warning.height <= way.y,
        "the warning is first",
      );
    });
  }
});

test("Instagram on Android: an intent; on iOS: the address to copy", async () => {
  await visit(phones.instagramOnAndroid, "/ja", async (page) => {
    const href = await notice(page).getByRole("link", { name: "ブラウザーで開く" }).getAttribute("href");
    assert.ok(href?.startsWith(`intent://${new URL(site.origin).host}/ja#Intent;scheme=http;`), href ?? "");
  });
  await visit(
    { ...phones.instagram, permissions: ["clipboard-read", "clipboard-write"] },
    "/ja",
    async (page) => {
      await notice(page).waitFor();
      assert.equal(await notice(page).getByRole("link").count(), 0);
      await notice(page).getByRole("button", { name: "リンクをコピー" }).tap();
      await notice(page).getByText("コピーしました。").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${site.origin}/ja`);
      assert.match(
        (await page.locator("honnin-login").getByRole("status").textContent()) ?? "",
        /^コピーしました。/,
      );
    },
  );
});

test("an app that refuses the clipboard: the address to copy by hand, selected", async () => {
  await visit(phones.unknownApp, "/en", async (page) => {
    assert.ok((await notice(page).textContent())?.includes("inside an app"));
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    });
    await notice(page).getByRole("button", { name: "Copy the link" }).tap();
    const field = notice(page).getByRole("textbox", { name: "Address of this page" });
    assert.equal(await field.inputValue(), `${site.origin}/en`);
    assert.equal(
      await field.evaluate(
        (input: HTMLInputElement) => (input.selectionEnd ?? 0) - (input.selectionStart ?? 0),
      ),
      `${site.origin}/en`.length,
    );
  });
});

test("the page's QR code, for another device, in the window", async () => {
  await visit(phones.line, "/ja", async (page) => {
    await page.evaluate(() => {
      const { style } = document.querySelector("honnin-login") as HTMLElement;
      style.display = "block";
      style.marginBlock = "1000px";
    });
    const button = notice(page).getByRole("button", { name: "別の端末で開くQRコードを表示" });
    await button.evaluate((node) => node.scrollIntoView({ block: "end" }));
    await button.tap();
    const code = notice(page).getByRole("img", { name: "このページのQRコード" });
    await code.waitFor();
    const isInWindow = await code.evaluate((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    assert.equal(isInWindow, true);
    assert.equal(readQr(await code.screenshot()), `${site.origin}/ja`);
  });
});

test("no warning in Safari, on a computer, or where the QR code is used", async () => {
  for (const [device, path] of [
    [phones.safari, "/ja"],
    [{}, "/ja"],
    [phones.line, "/ja/autostart"],
  ] as const) {
    await visit(device, path, async (page) => {
      await page.locator("honnin-login [part=screen]").waitFor();
      if (path === "/ja/autostart") {
        await page.locator("honnin-login").getByRole("button", { name: "スマートフォンで読み取る" }).tap();
        await page.locator("honnin-login [part=qr]").waitFor();
      }
      assert.equal(await notice(page).count(), 0);
    });
  }
});

const sign = (page: Page) => page.locator("honnin-sign");

test("a signature: the fields of the attributes, and those of the form in the content", async () => {
  await visit({}, "/en/sign", async (page) => {
    await page.evaluate(() => {
      const element = document.querySelector("honnin-sign");
      if (element === null) return;
      element.digest = "ab".repeat(32);
      element.documentName = "契約書.pdf";
      element.documentType = "application/pdf";
      element.documentSize = "1024";
    });
    await sign(page).getByRole("button", { name: "Sign with My Number Card" }).click();
    await page.waitForURL("**/auth/sign");
    const sent = site.last("/auth/sign");
    assert.equal(sent?.method, "POST");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(sent?.body)), {
      plan: "a",
      digest: "ab".repeat(32),
      name: "契約書.pdf",
      type: "application/pdf",
      size: "1024",
      return_to: "/signed",
      lang: "en",
    });
  });
});

test("a property that a framework takes back is no attribute", async () => {
  await visit({}, "/en/sign", async (page) => {
    const left = await sign(page).evaluate((element) => {
      const names = [
        "documentSize",
        "documentName",
        "documentType",
        "digest",
        "document",
        "returnTo",
        "launch",
      ];
      return [undefined, null, ""].flatMap((nothing) => {
        for (const name of names) {
          Reflect.set(element, name, 1_024);
          Reflect.set(element, name, nothing);
        }
        return element.getAttributeNames();
      });
    });
    assert.deepEqual(left, []);
  });
});

test("a signature without a document is not sent, and says what is missing", async () => {
  await visit({}, "/ja/sign", async (page) => {
    const errors = await page.evaluateHandle(() => {
      const seen: string[] = [];
      document.addEventListener("honnin-error", ({ detail }) => seen.push(detail.code));
      return seen;
    });
    await sign(page).getByRole("button").click();
    assert.equal(
      await sign(page).locator("[part=problem]").textContent(),
      "先に、署名する文書を選んでください。",
    );
    assert.equal(await sign(page).getByRole("status").textContent(), "先に、署名する文書を選んでください。");
    assert.deepEqual(await errors.jsonValue(), ["document-invalid"]);
    assert.equal(site.count("POST", "/auth/sign"), 0);
    await page.evaluate(() => document.querySelector("honnin-sign")?.setAttribute("document", "sample"));
    await sign(page).getByRole("button").dblclick();
    await page.waitForURL("**/auth/sign");
    assert.equal(site.count("POST", "/auth/sign"), 1);
    assert.equal(new URLSearchParams(site.last("/auth/sign")?.body).get("document"), "sample");
  });
});

test("a signature in an app's own browser is warned of, too", async () => {
  await visit(phones.line, "/ja/sign", async (page) => {
    assert.ok((await notice(page).textContent())?.includes("LINE"));
    assert.equal(await sign(page).locator("form").getByRole("button").textContent(), "このまま続ける");
  });
});
