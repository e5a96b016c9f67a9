// A login as a person does it, from the button to the result and what may be pressed there.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { readQr } from "../support/qr.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { inEachEngine } from "./each-engine.ts";
import { authenticate, beginLogin, logIn, readPerson, useCard } from "./steps.ts";

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
    await computer.text('.qr[role="img"] + *');
    const phone = await newTab();
    await phone.open(readQr(await computer.screenshot()));
    const number = await phone.attribute("[data-number]", "data-number");
    assert.match(number ?? "", /^\d{6}$/);
    await computer.type("#number", number ?? "");
    await computer.click('[data-action="submit-number"]');
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

inEachEngine("the result stays when its page is loaded anew", async ({ newTab }) => {
  const tab = await newTab();
  await logIn(tab, stack);
  const person = await readPerson(tab);
  await tab.reload();
  assert.deepEqual(await readPerson(tab), person);
});

inEachEngine("a login ends on the page that asked for it, query included", async ({ newTab }) => {
  const tab = await newTab();
  const asked = "/en/verify?from=%E5%A5%91%E7%B4%84&n=1";
  await beginLogin(tab, stack, { returnTo: asked, lang: "en" });
  await authenticate(tab);
  await tab.text("main[data-code], #file, h1");
  console.log(await tab.url());
  await tab.open(`${stack.site.origin}/en/result`);
  assert.match((await readPerson(tab)).name, /本人/);
});
