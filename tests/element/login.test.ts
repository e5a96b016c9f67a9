// <honnin-login> in Chromium, under a policy that forbids inline styles, parsed HTML and other origins.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type {} from "honnin/element";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite, strictPolicy } from "./pages.ts";
import { phones } from "./phones.ts";

let site: FakeSite;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Violations of the policy, and exceptions. */
let wrong: string[];

before(async () => {
  site = await elementSite();
  site.headers = strictPolicy;
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  site.reset();
  await open();
});
afterEach(async () => {
  assert.deepEqual(wrong, []);
  await context.close();
});

async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    addEventListener("honnin-state", (event) => seen.push((event as CustomEvent).detail.state));
    addEventListener("honnin-error", (event) => seen.push(`! ${(event as CustomEvent).detail.code}`));
    addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
      console.error(`violated: ${violatedDirective}`),
    );
  });
  page = await context.newPage();
  wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.text().startsWith("violated")) wrong.push(message.text());
  });
}

const element = () => page.locator("honnin-login");
const title = () => element().locator("[part~=title]");
const status = () => element().getByRole("status");
const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
const atTitle = (text: string) => title().filter({ hasText: text }).waitFor();
/** The element that has the focus, as its text or the name of its part. */
const focused = () =>
  page.evaluate(() => {
    const active = document.querySelector("honnin-login")?.shadowRoot?.activeElement;
    return (
      (active?.id === "number" ? "number" : active?.textContent) ?? document.activeElement?.tagName ?? ""
    );
  });

test("the whole handoff by keyboard alone: the focus is where the next key belongs", async () => {
  await page.goto(`${site.origin}/ja`);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "マイナンバーカードで本人確認");
  await page.keyboard.press("Enter");
  await element().locator("[part=qr]").waitFor();
  assert.equal(await focused(), "QRコードを読み取る");
  const start = site.last("/auth/handoff");
  assert.deepEqual(JSON.parse(start?.body ?? ""), {
    returnTo: "/account",
    scopes: ["openid", "name", "address"],
  });
  assert.equal(start?.search, "?lang=ja");

  site.go("scanned");
  await atTitle("番号を入力する");
  assert.equal(await focused(), "number");
  await page.keyboard.type("12345");
  await page.keyboard.press("Enter");
  assert.equal(await element().locator("[part=problem]").textContent(), "6桁の数字を入力してください。");
  assert.equal(site.count("POST", "/auth/handoff/number"), 0);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("111111");
  await page.keyboard.press("Enter");
  await element().getByText("番号が違います。あと2回入力できます。").first().waitFor();
  assert.equal(await focused(), "number");
  assert.equal(await element().locator("input").inputValue(), "");
  assert.equal(await element().locator("input").getAttribute("aria-invalid"), "true");
  assert.equal(await status().textContent(), "番号が違います。あと2回入力できます。");

  await page.keyboard.type("１２３　４５６");
  assert.equal(await element().locator("input").inputValue(), "123456");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "次へ");
  await page.keyboard.press("Space");
  await atTitle("スマートフォンで手続きを続けてください");
  assert.deepEqual(JSON.parse(site.last("/auth/handoff/number")?.body ?? ""), { number: "123456" });
  site.go("authorizing");
  await atTitle("アプリで本人確認をしてください");
  site.faults.claim = 204;
  site.go("done");
  await atTitle("本人確認ができました");
  assert.equal(await focused(), "次へ進む");
  assert.deepEqual(await seen(), [
    ...["starting", "waiting", "scanned", "! handoff-number-wrong"],
    ...["numbered", "authorizing", "done"],
  ]);
});

test("at the end the page goes on by itself, with a form", async () => {
  await page.goto(`${site.origin}/en`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  site.go("done");
  await page.waitForURL("**/auth/handoff/claim?lang=en");
  const claim = site.last("/auth/handoff/claim");
  assert.equal(claim?.method, "POST");
  assert.equal(claim?.headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(claim?.headers["sec-fetch-mode"], "navigate");
  assert.equal(claim?.headers.origin, site.origin);
  assert.equal(site.count("POST", "/auth/handoff/claim"), 1);
});

test("the button at the end goes on at once, and a second press is no second claim", async () => {
  await page.clock.install();
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  site.faults.claim = 204;
  site.go("done");
  const claimed = page.waitForRequest("**/auth/handoff/claim?lang=ja");
  await element().getByRole("button", { name: "次へ進む" }).dblclick();
  await claimed;
  await page.clock.runFor(2_000);
  assert.equal(site.count("POST", "/auth/handoff/claim"), 1);
});

test("states without the user's doing are said once, and the countdown is never said", async () => {
  // Time stands still unless the test moves it.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.goto(`${site.origin}/ja`);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const live = document.querySelector("honnin-login")?.shadowRoot?.querySelector("[role=status]");
    new MutationObserver(() => said.push(live?.textContent ?? "")).observe(live as Element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  const time = element().getByRole("timer");
  assert.equal(await time.textContent(), "残り5分00秒");
  // The stream works: the next poll, whose answer would set the time anew, is 30 seconds away.
  site.go("waiting", { expiresIn: 80 });
  await time.filter({ hasText: "残り1分20秒" }).waitFor();
  await page.clock.runFor(29_000);
  assert.equal(await time.textContent(), "残り0分51秒");
  site.go("scanned", { expiresIn: 200 });
  await atTitle("番号を入力する");
  assert.deepEqual(await page.evaluate(() => (window as unknown as { said: string[] }).said), [
    "QRコードを準備しています",
    "QRコードを読み取る。スマートフォンのカメラで、このQRコードを読み取ります。",
    "番号を入力する。スマートフォンに表示された6桁の番号を入力します。",
  ]);
  assert.equal(await element().locator("[aria-live], [role=alert]").count(), 1);
});

test("what the user asked for comes into the window: the code, then the number field with its button", async () => {
  await open({ viewport: { width: 1280, height: 600 } });
  await page.goto(`${site.origin}/ja`);
  await page.evaluate(() => {
    const { style } = document.querySelector("honnin-login") as HTMLElement;
    style.display = "block";
    style.marginBlock = "500px";
  });
  const isInWindow = (selector: string) =>
    element()
      .locator(selector)
      .evaluate((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  assert.equal(await isInWindow("[part=qr]"), true);
  site.go("scanned");
  await atTitle("番号を入力する");
  assert.equal(await isInWindow("input"), true);
  assert.equal(await isInWindow("[part~=button]"), true);
});

test("a handoff that goes on by itself leaves the window where it is", async () => {
  await open({ viewport: { width: 1280, height: 600 } });
  await page.goto(`${site.origin}/ja/autostart`);
  await page.evaluate(() => {
    const { style } = document.querySelector("honnin-login") as HTMLElement;
    style.display = "block";
    style.marginBlock = "2000px";
  });
  await element().locator("[part=qr]").waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("a code that lapsed is renewed, with another code", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  const first = await element().locator("[part=qr] path").getAttribute("d");
  site.go("lapsed", { expiresIn: 0 });
  await atTitle("QRコードの有効期限が切れました");
  assert.equal(await element().locator("[part=qr]").count(), 0);
  await element().getByRole("button", { name: "QRコードを更新" }).press("Enter");
  await element().locator("[part=qr]").waitFor();
  assert.notEqual(await element().locator("[part=qr] path").getAttribute("d"), first);
  assert.equal(site.starts, 2);
});

test("a page that is loaded again goes on where it was, with the same code", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  const first = await element().locator("[part=qr] path").getAttribute("d");
  await page.reload();
  await atTitle("QRコードを読み取る");
  await element().locator("[part=qr]").waitFor();
  assert.equal(await element().locator("[part=qr] path").getAttribute("d"), first);
  site.go("scanned");
  await atTitle("番号を入力する");
  await page.reload();
  await atTitle("番号を入力する");
  assert.equal(await focused(), "number");
  await page.keyboard.type("123456");
  await page.keyboard.press("Enter");
  await atTitle("スマートフォンで手続きを続けてください");
  await page.goto("about:blank");
  await page.goBack();
  await atTitle("スマートフォンで手続きを続けてください");
  site.state = { state: "done", expiresIn: 100 };
  await page.reload();
  await page.waitForURL("**/auth/handoff/claim?lang=ja");
  assert.equal(site.starts, 1);
});

test("a reload when there is nothing to go on with shows the button, and a new tab never asks", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  site.state = { state: "claimed", expiresIn: 0 };
  await page.reload();
  await element().getByRole("button", { name: "マイナンバーカードで本人確認" }).waitFor();
  assert.deepEqual(await seen(), ["starting", "idle"]);
  const asked = () => site.count("GET", "/auth/handoff/state");
  const before = asked();
  await page.reload();
  const other = await context.newPage();
  await other.goto(`${site.origin}/ja`);
  await other.locator("honnin-login").getByRole("button").waitFor();
  assert.equal(asked(), before);
});

test("of two elements on a page, one has the tab's handoff; the other is not drawn into it", async () => {
  await page.goto(`${site.origin}/ja/two`);
  await element().last().getByRole("button").click();
  await element().last().locator("[part=qr]").waitFor();
  await page.evaluate(() => {
    document.documentElement.lang = "en";
  });
  await element().first().getByRole("button", { name: "Verify with My Number Card" }).waitFor();
  await page.reload();
  await element().first().locator("[part=qr]").waitFor();
  await element().last().getByRole("button", { name: "マイナンバーカードで本人確認" }).waitFor();
  assert.equal(site.starts, 1);
});

test("of two elements on a page, a later start ends the earlier code, also where event streams are refused", async () => {
  site.faults = { events: 403 };
  await page.goto(`${site.origin}/ja/two`);
  await element().first().getByRole("button").click();
  await element().first().locator("[part=qr]").waitFor();
  await element().last().getByRole("button").click();
  await element().last().locator("[part=qr]").waitFor();
  await element().first().locator("[part=title]", { hasText: "手続きを中止しました" }).waitFor();
  assert.equal(site.count("POST", "/auth/handoff/cancel"), 0);
  assert.equal(await element().last().locator("[part=qr]").count(), 1);
});

test("of two tabs of a browser, a later start ends the earlier code, also where event streams are refused", async () => {
  site.faults = { events: 403 };
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/ja`);
  await tab.locator("honnin-login").getByRole("button").click();
  await tab.locator("honnin-login [part=qr]").waitFor();
  await atTitle("手続きを中止しました");
  assert.equal(site.count("POST", "/auth/handoff/cancel"), 0);
});

test("a handoff that is under way stays at its routes if the attribute changes", async () => {
  for (const value of [null, "/other/handoff"]) {
    site.reset();
    await open();
    await page.goto(`${site.origin}/ja`);
    await element().getByRole("button").click();
    await element().locator("[part=qr]").waitFor();
    await element().evaluate((login, path) => {
      if (path === null) login.removeAttribute("handoff");
      else login.setAttribute("handoff", path);
    }, value);
    site.go("done");
    await page.waitForURL("**/claim?lang=ja");
    assert.equal(new URL(page.url()).pathname, "/auth/handoff/claim");
  }
});

const ends: [string, string, string, string][] = [
  ["cancelled", "", "手続きを中止しました", "You cancelled"],
  ["refused", "login-denied", "本人確認を完了できませんでした", "Your identity could not be confirmed"],
  ["failed", "internal-error", "本人確認を完了できませんでした", "Your identity could not be confirmed"],
  ["claimed", "", "この手続きは処理済みです", "This has already been processed"],
];
for (const [state, code, ja, en] of ends) {
  test(`the end ${state} is shown, with a way to begin again`, async () => {
    for (const [lang, text, again] of [
      ["ja", ja, "もう一度はじめる"],
      ["en", en, "Start again"],
    ] as const) {
      site.reset();
      await open();
      await page.goto(`${site.origin}/${lang}`);
      await element().getByRole("button").click();
      await element().locator("[part=qr]").waitFor();
      site.go(state, code === "" ? {} : { code });
      await atTitle(text);
      if (code !== "") assert.ok((await element().locator("[part=code]").textContent())?.endsWith(code));
      await element().getByRole("button", { name: again }).click();
      await element().locator("[part=qr]").waitFor();
      assert.equal(site.starts, 2);
    }
  });
}

test("too many wrong numbers: said, and over", async () => {
  await page.goto(`${site.origin}/en`);
  await element().getByRole("button").click();
  site.triesLeft = 1;
  await element().locator("[part=qr]").waitFor();
  site.go("scanned");
  await element().locator("input").fill("000000");
  await page.keyboard.press("Enter");
  await element().locator("[part=text]").filter({ hasText: "The number was wrong too often" }).waitFor();
  assert.deepEqual(
    (await seen()).filter((entry) => entry.startsWith("!")),
    ["! handoff-tries-exhausted"],
  );
});

test("cancelling tells the server", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  await element().getByRole("button", { name: "中止" }).click();
  await atTitle("手続きを中止しました");
  assert.equal(await focused(), "もう一度はじめる");
  await page.waitForFunction(() => performance.getEntriesByName(`${origin}/auth/handoff/cancel`).length > 0);
  assert.equal(site.count("POST", "/auth/handoff/cancel"), 1);
});

test("a start that fails says so, and the service's own way is still there", async () => {
  site.faults.start = { status: 503, error: "store-unreachable" };
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await atTitle("QRコードを表示できませんでした");
  assert.equal(await element().locator("[part=code]").textContent(), "エラーコード：handoff-unavailable");
  site.faults = {};
  await element().getByRole("button", { name: "もう一度はじめる" }).click();
  await element().locator("[part=qr]").waitFor();
  assert.deepEqual(await seen(), [
    ...["starting", "! handoff-unavailable", "failed"],
    ...["starting", "waiting"],
  ]);
});

test("on a computer without a handoff: a link to the service, which works by keyboard", async () => {
  await page.goto(`${site.origin}/en/plain`);
  const link = element().getByRole("link", { name: "Verify with My Number Card" });
  assert.equal(await link.getAttribute("href"), "/auth/login?return_to=%2Faccount&lang=en");
  await link.press("Enter");
  await page.waitForURL("**/auth/login?return_to=%2Faccount&lang=en");
});

test("on a phone: a real link, which a tap opens; the guess can be corrected", async () => {
  await open(phones.safari);
  await page.goto(`${site.origin}/ja`);
  const link = element().getByRole("link", { name: "マイナンバーカードで本人確認" });
  assert.equal(
    await link.getAttribute("href"),
    "/auth/login?return_to=%2Faccount&lang=ja&scope=openid&scope=name&scope=address",
  );
  await element().getByRole("button", { name: "スマートフォンで読み取る" }).tap();
  await element().locator("[part=qr]").waitFor();
  await element().getByRole("link", { name: "この端末で続ける" }).tap();
  await page.waitForURL("**/auth/login?*");
  assert.equal(site.last("/auth/login")?.method, "GET");
});

test("the page's choice of launch takes precedence, and may change later", async () => {
  await page.goto(`${site.origin}/ja`);
  await page.evaluate(() => {
    const login = document.querySelector("honnin-login");
    if (login !== null) login.launch = "link";
  });
  await element().getByRole("link", { name: "マイナンバーカードで本人確認" }).waitFor();
  await page.evaluate(() => {
    const login = document.querySelector("honnin-login");
    if (login !== null) Object.assign(login, { launch: "", returnTo: "/other", action: "/in" });
  });
  await element().getByRole("button", { name: "マイナンバーカードで本人確認" }).waitFor();
  assert.equal(
    await element().getByRole("link").getAttribute("href"),
    "/in?return_to=%2Fother&lang=ja&scope=openid&scope=name&scope=address",
  );
});

test("addresses of other origins and scripts are refused", async () => {
  await page.goto(`${site.origin}/ja/plain`);
  for (const action of [
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
  ]) {
    await page.evaluate((value) => {
      document.querySelector("honnin-login")?.setAttribute("action", value);
    }, action);
    assert.ok((await element().getByRole("link").getAttribute("href"))?.startsWith("/auth/login?"), action);
  }
  assert.deepEqual(await seen(), Array(4).fill("! options-invalid"));
});

test("the language of the page may change while a code is shown", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await element().locator("[part=qr]").waitFor();
  await page.evaluate(() => {
    document.documentElement.lang = "en-US";
  });
  await atTitle("Scan the QR code");
  await element().locator("[part=qr][aria-label='QR code of the page to open on the phone']").waitFor();
  assert.equal(site.starts, 1);
  await page.evaluate(() => {
    document.querySelector("honnin-login")?.setAttribute("lang", "ja");
  });
  await atTitle("QRコードを読み取る");
});

test("the language of a part of the page may change while a code is shown", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  await atTitle("QRコードを読み取る");
  await page.evaluate(() => document.querySelector("main")?.setAttribute("lang", "en"));
  await atTitle("Scan the QR code");
  await page.evaluate(() => document.querySelector("main")?.removeAttribute("lang"));
  await atTitle("QRコードを読み取る");
});

test("the same mistake again is said again", async () => {
  await page.goto(`${site.origin}/ja`);
  await element().getByRole("button").click();
  site.go("scanned", { triesLeft: 3 });
  await element().locator("[part=number]").waitFor();
  await page.evaluate(() => {
    const live = document.querySelector("honnin-login")?.shadowRoot?.querySelector("[role=status]");
    const said: string[] = [];
    Object.assign(window, { said });
    if (live)
      new MutationObserver(() => said.push(live.textContent ?? "")).observe(live, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  const pressed = async () => {
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
  };
  await pressed();
  await pressed();
  await pressed();
  assert.deepEqual(
    (await said()).map((text) => text.trimEnd()),
    Array(3).fill("6桁の数字を入力してください。"),
  );
});

test("the language is that of the nearest attribute, also outside of a shadow tree; other languages are Japanese", async () => {
  await page.goto(`${site.origin}/ja/plain`);
  const texts = await page.evaluate(() => {
    const labels: (string | null | undefined)[] = [];
    for (const lang of ["en", "en-GB", "EN", "english", "fr", "ja-JP"]) {
      const host = document.createElement("div");
      host.lang = lang;
      document.body.append(host);
      const login = document.createElement("honnin-login");
      host.attachShadow({ mode: "open" }).append(login);
      labels.push(login.shadowRoot?.querySelector("a")?.textContent);
    }
    return labels;
  });
  const [en, ja] = ["Verify with My Number Card", "マイナンバーカードで本人確認"];
  assert.deepEqual(texts, [en, en, en, ja, ja, ja]);
});

test("the style follows the page: its colour scheme, custom properties and parts", async () => {
  await open({ colorScheme: "dark" });
  site.page(
    "/theme.css",
    "honnin-login{--honnin-accent:#102030}honnin-login::part(button){border-radius:1px}",
    "text/css",
  );
  await page.goto(`${site.origin}/ja/autostart`);
  const looks = () =>
    element().evaluate((login) => {
      const panel = login.shadowRoot?.querySelector("[part~=panel]");
      return panel ? getComputedStyle(panel).backgroundColor : undefined;
    });
  await element().locator("[part=qr]").waitFor();
  assert.equal(await looks(), "rgb(27, 36, 39)");
  // A page that has no dark scheme is light, whatever the system prefers.
  await page.evaluate(() => {
    for (const sheet of document.styleSheets) sheet.disabled = true;
  });
  assert.equal(await looks(), "rgb(255, 255, 255)");
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/theme.css" });
        link.addEventListener("load", resolve);
        document.head.append(link);
      }),
  );
  site.go("scanned");
  const button = element().getByRole("button", { name: "次へ" });
  await button.waitFor();
  const style = await button.evaluate((made) => {
    const { backgroundColor, borderTopLeftRadius } = getComputedStyle(made);
    return [backgroundColor, borderTopLeftRadius];
  });
  assert.deepEqual(style, ["rgb(16, 32, 48)", "1px"]);
});

test("with autostart, the code is there without a press, and the page keeps the focus", async () => {
  await page.goto(`${site.origin}/ja/autostart`);
  await element().locator("[part=qr]").waitFor();
  assert.equal(await focused(), "BODY");
  assert.equal(site.starts, 1);
  site.go("scanned");
  await atTitle("番号を入力する");
  assert.equal(await focused(), "number");
});

test("with autostart, a page that is rendered in advance requests no code before it is seen", async () => {
  // Under Playwright, Chromium fetches such a page and does not run it: the page is told that it is one.
  await page.addInitScript(() =>
    Object.defineProperty(document, "prerendering", { value: true, writable: true }),
  );
  await page.goto(`${site.origin}/ja/autostart`);
  await element().getByRole("button", { name: "マイナンバーカードで本人確認" }).waitFor();
  assert.equal(site.starts, 0);
  await page.evaluate(() => {
    Object.assign(document, { prerendering: false });
    document.dispatchEvent(new Event("prerenderingchange"));
  });
  await element().locator("[part=qr]").waitFor();
  assert.equal(site.starts, 1);
  assert.deepEqual(await seen(), ["starting", "waiting"]);
});

test("who types elsewhere on the page is not interrupted by the number field", async () => {
  await page.goto(`${site.origin}/ja/autostart`);
  await element().locator("[part=qr]").waitFor();
  await page.evaluate(() => {
    const other = document.createElement("input");
    document.querySelector("main")?.append(other);
    other.focus();
  });
  site.go("scanned");
  await atTitle("番号を入力する");
  assert.equal(await focused(), "INPUT");
});

test("a pasted number is tidied, and text of an input method is left alone until it is done", async () => {
  await page.goto(`${site.origin}/ja/autostart`);
  await element().locator("[part=qr]").waitFor();
  site.go("scanned");
  const field = element().locator("input");
  await field.waitFor();
  assert.equal(await field.getAttribute("inputmode"), "numeric");
  assert.equal(await field.getAttribute("autocomplete"), "one-time-code");
  await page.keyboard.insertText("番号123-456");
  assert.equal(await field.inputValue(), "番号123456");
  await field.fill("");
  const session = await context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "１２３", selectionStart: 3, selectionEnd: 3 });
  assert.equal(await field.inputValue(), "１２３");
  await session.send("Input.insertText", { text: "１２３" });
  assert.equal(await field.inputValue(), "123");
});

test("an element that leaves the page stops asking", async () => {
  await page.goto(`${site.origin}/ja/autostart`);
  await element().locator("[part=qr]").waitFor();
  await page.waitForFunction(() => performance.getEntriesByType("resource").length > 0);
  await page.evaluate(() => {
    const login = document.querySelector("honnin-login");
    // Moved, which is not left.
    document.querySelector("h1")?.after(login as Element);
  });
  assert.equal(await title().textContent(), "QRコードを読み取る");
  await page.evaluate(() => document.querySelector("honnin-login")?.remove());
  await page.waitForFunction(() => document.querySelector("honnin-login") === null);
  const closed = async () => {
    while (site.streams > 0) await new Promise((resolve) => setImmediate(resolve));
  };
  await closed();
  assert.equal(site.starts, 1);
});

test("properties set before the definition count, and a second import does no harm", async () => {
  await page.goto(`${site.origin}/ja/late`);
  const href = await page.evaluate(async () => {
    const login = document.querySelector("honnin-login");
    if (login === null || customElements.get("honnin-login") !== undefined) return "defined too early";
    login.returnTo = "/early";
    for (const name of ["/js/page.js", "/js/page.js?again"]) await import(name);
    return login.shadowRoot?.querySelector("a")?.getAttribute("href");
  });
  assert.equal(href, "/auth/login?return_to=%2Fearly&lang=ja");
});

test("the policy of these tests is in force", async () => {
  await page.goto(`${site.origin}/ja`);
  const refused = await page.evaluate(() => {
    document.body.setAttribute("style", "color: red");
    try {
      document.body.innerHTML = "<b>parsed</b>";
      return "";
    } catch (error) {
      return error instanceof Error ? error.name : "";
    }
  });
  assert.equal(refused, "TypeError");
  await page.waitForFunction(() => document.readyState === "complete");
  assert.ok(wrong.includes("violated: style-src-attr"), wrong.join());
  wrong.length = 0;
});

test("without JavaScript, the content of the element is the login", async () => {
  await open({ javaScriptEnabled: false });
  await page.goto(`${site.origin}/ja`);
  await page.getByRole("link", { name: "ログイン" }).click();
  await page.waitForURL("**/auth/login?return_to=%2Faccount");
});
