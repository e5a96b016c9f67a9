// Coming back without the login's cookies: the page says what happened and what to do, and nothing is spent.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type Stack, startStack } from "../support/stack.ts";
import type { Tab } from "./browser.ts";
import { inEachEngine } from "./each-engine.ts";
import { loseCallback } from "./lost-callback.ts";
import { authenticate, readPerson } from "./steps.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});

after(() => stack?.close());

const expected = {
  ja: { title: "手続きを続けられませんでした", todo: [/アプリ/, /プライベート/, /Cookie/], home: "/" },
  en: { title: "The procedure could not continue", todo: [/app/, /private/, /cookies/], home: "/en/" },
} as const;

async function assertLostCookiePage(tab: Tab, language: "ja" | "en"): Promise<void> {
  const { title, todo, home } = expected[language];
  assert.equal(await tab.attribute("main", "data-code"), "login-cookie-missing");
  assert.equal(await tab.attribute("html", "lang"), language);
  assert.equal(await tab.text("h1"), title);
  const advice = await tab.text("ul.todo");
  for (const line of todo) assert.match(advice, line);
  // Some engines give the attribute as it is, others the whole address.
  const again = (await tab.attribute("main .actions a.primary", "href")) ?? "";
  assert.equal(new URL(again, stack.site.origin).pathname, home);
}

for (const language of ["ja", "en"] as const) {
  inEachEngine(
    `cookies that are gone at the callback: the page in ${language}, and a new login from it`,
    async (given) => {
      const session = await given.newSession({ language });
      const { tab } = await loseCallback(session, stack, { lang: language });
      await assertLostCookiePage(tab, language);
      await tab.click("main .actions a.primary");
      await tab.click('form[action="/auth/login"] button');
      await authenticate(tab);
      assert.match((await readPerson(tab)).name, /本人/);
    },
  );

  inEachEngine(
    `a callback in another browser: the page in ${language}, and its own browser still goes on`,
    async (given) => {
      const { tab, url, restore } = await loseCallback(await given.newSession({ language }), stack);
      const other = await given.newTab({ language });
      await other.open(url);
      await assertLostCookiePage(other, language);
      assert.deepEqual(
        (await other.cookies()).filter(({ name }) => name.includes("honnin-session")),
        [],
        "nobody is logged in there",
      );
      await restore();
      await tab.reload();
      assert.match((await readPerson(tab)).name, /本人/);
    },
  );
}
