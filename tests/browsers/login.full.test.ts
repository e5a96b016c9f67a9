// A login as a person does it, from the button to the result, and what may be pressed on the way.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { readQr } from "../support/qr.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { inEachEngine } from "./each-engine.ts";
import { loseCallback } from "./lost-callback.ts";
import { authenticate, beginLogin, logIn, readPerson, urlOf, useCard } from "./steps.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});

after(() => stack?.close());

inEachEngine("a login with a phone: the QR code, the number, the card, the result", async ({ newTab }) => {
  stack.emulator.setMode("app");
  try {
    const computer = await newTab();
    await computer.open(`${stack.site.origin}/`);
    await computer.click('form[action="/auth/login"] button');
    await computer.attribute('.qr[role="img"]', "aria-label");
    const phone = await newTab();
    await phone.open(readQr(await computer.screenshot()));
    const number = await phone.attribute("[data-number]", "data-number");
    assert.match(number ?? "", /^\d{6}$/);
    await computer.type("#number", number ?? "");
    await computer.click('[data-testid="submit-number"]');
    await useCard(phone, "ordinary");

    // The computer's page goes on by itself.
    const person = await readPerson(computer);
    assert.match(person.sub, /^[\x21-\x7e]{16,255}$/);
    assert.match(person.name, /本人/);
    assert.equal(await computer.url(), `${stack.site.origin}/result`);
  } finally {
    stack.emulator.setMode("test-card");
  }
});

inEachEngine("the result stays when its page is loaded anew, and in a new tab", async ({ newSession }) => {
  const session = await newSession();
  const tab = await session.openTab();
  const person = await logIn(tab, stack);
  await tab.reload();
  assert.deepEqual(await readPerson(tab), person);
  const other = await session.openTab();
  await other.open(`${stack.site.origin}/result`);
  assert.deepEqual(await readPerson(other), person);
});

inEachEngine("a login ends on the page that asked for it, its query included", async ({ newTab }) => {
  const tab = await newTab();
  const asked = "/en/verify?from=%E5%A5%91%E7%B4%84&n=1";
  await beginLogin(tab, stack, { returnTo: asked, lang: "en" });
  await authenticate(tab);
  assert.equal(await urlOf(tab, /\/en\/verify/), stack.site.origin + asked);
  await tab.open(`${stack.site.origin}/en/result`);
  assert.match((await readPerson(tab)).name, /本人/);
});

inEachEngine("the callback loaded again after the login leads on to where the login led", async (given) => {
  const session = await given.newSession();
  const { tab, url, restore } = await loseCallback(session, stack);
  await restore();
  await tab.reload();
  const person = await readPerson(tab);
  const sessionCookie = async () =>
    (await tab.cookies()).find(({ name }) => /honnin-session/.test(name))?.value;
  const before = await sessionCookie();
  const { token } = stack.emulator.requests;

  await tab.open(url);
  assert.equal(await urlOf(tab, /\/(result|auth\/callback)\b/), `${stack.site.origin}/result`);
  assert.deepEqual(await readPerson(tab), person);
  assert.equal(await sessionCookie(), before, "the session is the same one");
  assert.equal(stack.emulator.requests.token, token, "the code is not handed in again");

  const stranger = await given.newTab();
  await stranger.open(url);
  assert.equal(await stranger.attribute("main", "data-code"), "login-cookie-missing");
});

inEachEngine("back after the login meets no code and no error, and ends nothing", async ({ newSession }) => {
  const session = await newSession();
  const tab = await session.openTab();
  await tab.open(`${stack.site.origin}/`);
  await tab.click('form[action="/auth/login"] button');
  await authenticate(tab);
  const person = await readPerson(tab);
  for (const where of [/\/authenticate\//, /^http:\/\/localhost:\d+\/$/]) {
    await tab.back();
    const url = await urlOf(tab, where);
    assert.doesNotMatch(url, /[?&]code=/);
  }
  assert.equal(await tab.attribute("main", "data-code"), null);
  const other = await session.openTab();
  await other.open(`${stack.site.origin}/result`);
  assert.deepEqual(await readPerson(other), person);
});

inEachEngine("back from the service's page, the login can be begun again", async ({ newTab }) => {
  const tab = await newTab();
  await tab.open(`${stack.site.origin}/`);
  const button = 'form[action="/auth/login"] button';
  const label = await tab.text(button);
  await tab.click(button);
  await tab.text('[data-testid="authenticate"]');
  await tab.back();
  // Some engines show the page as it was left, its button already pressed.
  assert.equal(await tab.text(button), label);
  await tab.click(button);
  await authenticate(tab);
  assert.match((await readPerson(tab)).name, /本人/);
});

inEachEngine(
  "two logins in two tabs end each where it began; the later one counts",
  async ({ newSession }) => {
    const session = await newSession();
    const [one, two] = [await session.openTab(), await session.openTab()];
    await beginLogin(one, stack, { lang: "ja" });
    await beginLogin(two, stack, { lang: "en" });
    await authenticate(one, "ordinary");
    const first = await readPerson(one);
    assert.equal(await one.url(), `${stack.site.origin}/result`);
    await authenticate(two, "ordinary-woman");
    const second = await readPerson(two);
    assert.equal(await two.url(), `${stack.site.origin}/en/result`);
    assert.notEqual(second.sub, first.sub);
    await one.reload();
    assert.equal((await readPerson(one)).sub, second.sub);
  },
);
