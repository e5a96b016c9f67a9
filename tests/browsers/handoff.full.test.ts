// A login that a phone hands over to a computer: the phone's pages, their forms and their script under the handler's own policy.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { inEachEngine } from "./each-engine.ts";
import { type HttpsSite, startHttpsSite } from "./https-site.ts";
import { authenticate, urlOf } from "./steps.ts";

let site: HttpsSite;

before(async () => {
  site = await startHttpsSite();
});

after(() => site?.close());

inEachEngine(
  "the phone's pages lead to the service and back, and the computer is logged in",
  async ({ newTab }) => {
    const [pc, phone] = [await newTab(), await newTab()];
    await pc.open(`${site.origin}/handoff`);
    await pc.click("#begin");
    await urlOf(pc, /\/handoff$/);
    await phone.open(await textThat(() => pc.text("#url"), /^https:/));
    assert.match(await phone.text("main"), /localhost:\d+[\s\S]*架空商店[\s\S]*メールやメッセージで届いた/);
    await phone.click("form button");
    const number = await textThat(() => phone.text(".number"), /^\d{6}$/);
    await textThat(() => pc.text("#state"), /^scanned$/);
    await pc.type("#number", number);
    await pc.click("#send");
    // The page changes by itself.
    await phone.click('a[href="/auth/handoff/authorize"]');
    await authenticate(phone);
    await urlOf(phone, /\/auth\/handoff\/phone$/);
    await textThat(() => phone.text("h1"), /パソコンの画面に戻ってください/);
    await urlOf(pc, /\/welcome$/);
    assert.ok((await pc.text("[data-sub]")).length > 0);
    await phone.open(site.origin);
    assert.equal(await phone.text("#nobody"), "nobody");
  },
);

inEachEngine("the user of the phone cancels, and both devices say so", async ({ newTab }) => {
  const [pc, phone] = [await newTab(), await newTab()];
  await pc.open(`${site.origin}/handoff`);
  await pc.click("#begin");
  await phone.open(await textThat(() => pc.text("#url"), /^https:/));
  await phone.click("form button");
  await phone.text(".number");
  await phone.click("button.quiet");
  await textThat(() => phone.text("h1"), /ログインを中止しました/);
  await textThat(() => pc.text("#state"), /^cancelled$/);
});

/** Waits until the text matches, and gives it. */
async function textThat(read: () => Promise<string>, pattern: RegExp): Promise<string> {
  for (let tried = 0; ; tried += 1) {
    const text = await read();
    if (pattern.test(text)) return text;
    assert.ok(tried < 200, `${text} never became ${pattern}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
