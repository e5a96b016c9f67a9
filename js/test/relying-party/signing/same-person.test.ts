// A login between a signature and its use: it ends what may be another person's, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";

import { openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** A site that takes a signature only from who is logged in. */
function strictSite() {
  let isIn = false;
  const names: string[] = [];
  const opened = openSite(
    world,
    {
      onSigned: ({ document }) => {
        if (!isIn) throw new Error("log in first");
        names.push(document.name);
      },
    },
    {
      onLogin: () => {
        isIn = true;
      },
    },
  );
  const logIn = async () => opened.browser.send(await world.begin(opened.browser));
  return { ...opened, names, logIn };
}

const stages = [
  ["fetched", () => {}],
  [
    "authorized",
    () => {
      world.provider.misbehave.result = (_, response) => json(response, 202, {});
    },
  ],
] as const;
for (const [stage, misbehave] of stages) {
  test(`what the same person has signed outlasts the login, at the stage "${stage}"`, async () => {
    const { browser, store, errors, names, logIn, begin, resume } = strictSite();
    const callback = await begin();
    misbehave();
    await browser.send(callback);
    const [id] = store.entries.keys();
    // One that was only started may be anybody's.
    await begin({ digest: "00".repeat(32), name: "started" });
    world.provider.misbehave = {};
    assert.equal(store.entries.size, 2);
    assert.equal((await logIn()).status, 303);
    assert.deepEqual([...store.entries.keys()], [id]);
    assert.equal(browser.named("honnin-signature").length, 1);
    const done = await browser.send(site + errors[0]?.[1].resumePath);
    assert.equal(done.headers.get("location"), `${site}/`);
    assert.deepEqual(names, ["委任状.txt"]);
    assert.equal(await codeOf(await resume()), "signature-not-found");
  });

  test(`another person's login ends it, at the stage "${stage}"`, async () => {
    const { browser, store, names, logIn, begin, resume } = strictSite();
    const callback = await begin();
    misbehave();
    await browser.send(callback);
    world.provider.misbehave = {};
    world.provider.claims = { sub: "somebody-else" };
    assert.equal((await logIn()).status, 303);
    assert.equal(store.entries.size, 0);
    assert.deepEqual(browser.named("honnin-signature"), []);
    assert.equal(await codeOf(await resume()), "signature-not-found");
    assert.deepEqual(names, []);
  });
}

test("a store that does not answer keeps nobody from logging in, and keeps no signature", async () => {
  const { browser, store, logIn, begin } = strictSite();
  await browser.send(await begin());
  store.fail = { get: true, delete: true };
  assert.equal((await logIn()).status, 303);
  assert.deepEqual(browser.named("honnin-signature"), []);
});
