// The login across two devices as people do it on the demo's home page: the QR code off the screen, the number, the app, and the computer
// that goes on by itself; and what may come in between.
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { after, afterEach, before } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type Front, startFront } from "../support/front.ts";
import { type Stack, startStack } from "../support/stack.ts";
import type { Tab } from "./browser.ts";
import { inEachEngine } from "./each-engine.ts";
import * as steps from "./handoff-steps.ts";
import { button, code, numberField, title, titles } from "./handoff-steps.ts";
import { authenticate, readPerson, urlOf } from "./steps.ts";

let front: Front;
let stack: Stack;
/** With codes that lapse soon. */
let hasty: Stack;

before(async () => {
  front = await startFront();
  stack = await startStack({ front });
  hasty = await startStack({ codeLifetime: 30 });
});
afterEach(() => {
  front.cut = undefined;
  stack.emulator.setMode("test-card");
});
after(async () => {
  await hasty?.close();
  await stack?.close();
  await front?.close();
});

const path = ({ url = "" }: IncomingMessage) => url.split("?")[0] ?? "";
const isStream = (request: IncomingMessage) => path(request) === "/auth/handoff/events";
const isOfPhone = ({ headers }: IncomingMessage) => /honnin-handoff-phone/.test(headers.cookie ?? "");
const isClaim = (request: IncomingMessage) => path(request) === "/auth/handoff/claim";

/** On the phone: the test-card page stands for the app. */
async function identify(phone: Tab): Promise<void> {
  await steps.goToService(phone);
  await authenticate(phone);
}

async function isLoggedIn(pc: Tab, lang: steps.Language = "ja"): Promise<void> {
  const person = await readPerson(pc);
  assert.match(person.sub, /^[\x21-\x7e]{16,255}$/);
  assert.match(person.name, /本人/);
  assert.equal(new URL(await pc.url()).pathname, lang === "ja" ? "/result" : "/en/result");
}

/** Waits until a navigation that was cut off has failed, also at the browser's second attempt: its own page has nothing of ours. */
async function navigationFails(tab: Tab, losses: number, before: string): Promise<void> {
  for (const start = performance.now(); front.losses === losses || (await tab.has(before)); await wait(50))
    assert.ok(performance.now() - start < 20_000, "the navigation did not fail");
}

for (const lang of ["ja", "en"] as const) {
  inEachEngine(`the code, the number, the app, and the computer goes on (${lang})`, async ({ newTab }) => {
    stack.emulator.setMode("app");
    const pc = await newTab({ language: lang });
    const phone = await newTab({ language: lang, device: "phone" });
    await steps.begin(pc, stack, lang);
    await steps.textThat(pc, title, titles.waiting[lang]);
    const number = await steps.scan(phone, await steps.readCode(pc));
    await steps.textThat(pc, title, titles.scanned[lang]);
    await steps.typeNumber(pc, number);
    await steps.textThat(pc, title, titles.numbered[lang]);
    await steps.goToService(phone);
    await steps.textThat(pc, title, titles.authorizing[lang]);
    await steps.useApp(phone);
    await steps.phoneIsDone(phone, lang);
    await isLoggedIn(pc, lang);
    // The phone itself is not logged in.
    await phone.open(`${stack.site.origin}/result`);
    assert.equal(await phone.has("[data-sub]"), false);
  });
}

inEachEngine("with every event stream cut off, polling does it all", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
  front.cut = isStream;
  front.passed.length = 0;
  const before = front.losses;
  await steps.begin(pc, stack);
  const number = await steps.scan(phone, await steps.readCode(pc));
  await steps.textThat(pc, title, titles.scanned.ja);
  await steps.typeNumber(pc, number);
  await identify(phone);
  await steps.phoneIsDone(phone);
  await isLoggedIn(pc);
  assert.ok(front.losses > before);
  assert.ok(front.passed.filter((one) => one === "GET /auth/handoff/state").length >= 2);
  assert.ok(!front.passed.includes("GET /auth/handoff/events"));
});

inEachEngine("out of sight behind another tab, the computer goes on all the same", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
  await steps.begin(pc, stack);
  const number = await steps.scan(phone, await steps.readCode(pc));
  await steps.typeNumber(pc, number);
  await steps.textThat(pc, title, titles.numbered.ja);
  await pc.hide();
  assert.equal(await pc.isHidden(), true);
  await identify(phone);
  await steps.phoneIsDone(phone);
  await urlOf(pc, /\/result$/);
  await pc.show();
  await isLoggedIn(pc);
});

inEachEngine(
  "a phone without network for 30 seconds goes on by itself, and also from a failed way back",
  async ({ newTab }) => {
    const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
    await steps.begin(pc, stack);
    const number = await steps.scan(phone, await steps.readCode(pc));
    front.cut = isOfPhone;
    const before = front.losses;
    await steps.typeNumber(pc, number);
    await steps.textThat(pc, title, titles.numbered.ja);
    await wait(30_000);
    assert.ok(front.losses > before);
    assert.equal(await phone.text(".number"), number);
    await steps.textThat(pc, title, titles.numbered.ja);
    front.cut = undefined;
    await steps.goToService(phone);
    await phone.text('[data-testid="authenticate"]');
    front.cut = isOfPhone;
    const lost = front.losses;
    await authenticate(phone);
    await navigationFails(phone, lost, '[data-testid="authenticate"]');
    front.cut = undefined;
    await phone.reload();
    await steps.phoneIsDone(phone);
    await isLoggedIn(pc);
  },
);

inEachEngine("a code that lapsed leads nowhere; its successor does", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
  await steps.begin(pc, hasty);
  const lapsed = await steps.readCode(pc);
  await steps.textThat(pc, title, titles.lapsed.ja, 60_000);
  assert.equal(await pc.has(code), false);
  await phone.open(lapsed);
  assert.equal(await phone.attribute("main", "data-code"), "handoff-lapsed");
  await pc.click(button);
  const renewed = await steps.readCode(pc);
  assert.notEqual(renewed, lapsed);
  await steps.typeNumber(pc, await steps.scan(phone, renewed));
  await identify(phone);
  await steps.phoneIsDone(phone);
  await isLoggedIn(pc);
});

inEachEngine("the computer's page may be loaded again at any step", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
  await steps.begin(pc, stack);
  const url = await steps.readCode(pc);
  await pc.reload();
  assert.equal(await steps.readCode(pc), url);
  const number = await steps.scan(phone, url);
  await steps.textThat(pc, title, titles.scanned.ja);
  await pc.reload();
  await steps.textThat(pc, title, titles.scanned.ja);
  await steps.typeNumber(pc, number);
  await steps.textThat(pc, title, titles.numbered.ja);
  await pc.reload();
  await steps.textThat(pc, title, titles.numbered.ja);
  await steps.goToService(phone);
  await steps.textThat(pc, title, titles.authorizing.ja);
  // Away, and back by the browser's button.
  await pc.open(`${stack.site.origin}/verify`);
  await authenticate(phone);
  await steps.phoneIsDone(phone);
  await pc.back();
  await isLoggedIn(pc);
});

inEachEngine("the computer loses its network at the very end, and goes on from there", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab({ device: "phone" })];
  await steps.begin(pc, stack);
  await steps.typeNumber(pc, await steps.scan(phone, await steps.readCode(pc)));
  front.cut = isClaim;
  const before = front.losses;
  await identify(phone);
  await steps.phoneIsDone(phone);
  await navigationFails(pc, before, "honnin-login");
  front.cut = undefined;
  await pc.open(steps.home(stack, "ja"));
  await isLoggedIn(pc);
});

/** Presses Tab until the focus is on something with this ID or text. */
async function tabTo(tab: Tab, wanted: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await tab.press("Tab");
    const focus = await tab.focused();
    if (wanted.test(focus)) return;
    seen.push(focus);
  }
  throw new Error(`${wanted} never had the focus, but: ${seen.join(" | ")}`);
}

inEachEngine("by keyboard alone, on both devices", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab()];
  await pc.open(steps.home(stack, "ja"));
  await pc.text(button);
  await tabTo(pc, /^honnin-login マイナンバーカードで本人確認$/);
  await pc.press("Enter");
  await phone.open(await steps.readCode(pc));
  await tabTo(phone, /^番号を表示/);
  await phone.press("Enter");
  const number = await steps.textThat(phone, ".number", /^\d{6}$/);
  await steps.textThat(pc, title, titles.scanned.ja);
  await pc.text(numberField);
  assert.equal(await pc.focused(), "honnin-login number");
  await pc.press(number);
  await pc.press("Enter");
  await steps.textThat(pc, title, titles.numbered.ja);
  await phone.text('a[href$="/auth/handoff/authorize"]');
  await tabTo(phone, /^本人確認に進む$/);
  await phone.press("Enter");
  await authenticate(phone);
  await steps.phoneIsDone(phone);
  await isLoggedIn(pc);
});
