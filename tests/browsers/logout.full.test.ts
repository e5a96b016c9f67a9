// The end of a session: at once, in every tab, and out of reach of the back button.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type Stack, startStack } from "../support/stack.ts";
import type { Tab } from "./browser.ts";
import { inEachEngine } from "./each-engine.ts";
import { logIn, readPerson, urlOf } from "./steps.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});

after(() => stack?.close());

const sessionCookies = async (tab: Tab) =>
  (await tab.cookies()).filter(({ name }) => name.includes("honnin-session"));

async function logOut(tab: Tab): Promise<void> {
  await tab.click('form[action^="/auth/logout"] button');
  await urlOf(tab, /^http:\/\/localhost:\d+\/\?logged_out$/);
  assert.match(await tab.text("[data-logged-out]"), /ログアウトしました/);
}

inEachEngine("a logout ends the session, in a second tab as well", async ({ newSession }) => {
  const session = await newSession();
  const [one, two] = [await session.openTab(), await session.openTab()];
  const person = await logIn(one, stack);
  await two.open(`${stack.site.origin}/result`);
  assert.deepEqual(await readPerson(two), person);
  assert.equal((await sessionCookies(one)).length, 1);

  await logOut(one);
  assert.deepEqual(await sessionCookies(one), []);
  await two.reload();
  await two.text('form[action="/auth/login"] button');
  assert.equal(await two.has("[data-sub]"), false);
});

inEachEngine("back after the logout shows nothing of the person", async ({ newTab }) => {
  const tab = await newTab();
  const person = await logIn(tab, stack);
  await logOut(tab);
  await tab.back();
  await urlOf(tab, /\/result$/);
  const main = await tab.text("main");
  assert.ok(!main.includes(person.sub) && !main.includes(person.name), main);
});
