// A callback whose login's cookie is spent or too old: its page still shows the way on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";

import { form, openSite, type SigningSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("a callback that comes after its login's time shows the way on, too", async () => {
  const opened = openSite(world, { transactionLifetime: 3_600 });
  const callback = await opened.begin();
  world.now += 601;
  assert.equal(await codeOf(await opened.browser.send(callback)), "login-expired");
  const again = await opened.browser.send(site + opened.errors[0]?.[1].resumePath);
  const back = world.provider.authorize(again.headers.get("location") ?? "");
  assert.equal((await opened.browser.send(back)).status, 303);
  assert.equal(opened.signings.length, 1);
});

/** Signs as far as a page of an error, and loads that page anew. */
async function reloaded(opened: SigningSite, callback: URL): Promise<Response> {
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  assert.equal(await codeOf(await opened.browser.send(callback)), "signature-result-pending");
  world.provider.misbehave = {};
  return opened.browser.send(callback);
}

test("a page of an error that is loaded anew still shows the way on", async () => {
  const opened = openSite(world);
  const page = await reloaded(opened, await opened.begin());
  assert.equal(await codeOf(page), "login-cookie-missing");
  const { resumePath } = opened.errors[1]?.[1] ?? {};
  assert.equal(resumePath, opened.errors[0]?.[1].resumePath);
  const html = await page.text();
  assert.ok(html.includes("続きから再開</a>"));
  assert.ok(html.includes("再読み込み"));
  assert.equal((await opened.browser.send(site + resumePath)).status, 303);
  assert.equal(opened.signings.length, 1);
});

test("a signature that has ended says so again when its page is loaded anew", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  const refused = new URL(callback);
  refused.searchParams.delete("code");
  refused.searchParams.set("error", "pin_locked");
  for (let turn = 0; turn < 2; turn += 1) {
    assert.equal(await codeOf(await opened.browser.send(refused)), "signature-pin-locked");
    assert.equal(opened.errors.at(-1)?.[1].signing, true);
    assert.equal(opened.errors.at(-1)?.[1].resumePath, undefined);
  }
  assert.equal(opened.signings.length, 0);
});

test("of several, it is the one of that callback; of a callback that nobody knows, the one begun last", async () => {
  const opened = openSite(world);
  const first = await opened.begin({ ...form, name: "first" });
  world.now += 1;
  const second = await opened.begin({ ...form, name: "second" });
  await reloaded(opened, first);
  await reloaded(opened, second);
  const [one, again, two, last] = opened.errors.map(([, { resumePath }]) => resumePath ?? assert.fail());
  assert.notEqual(one, two);
  assert.equal(again, one);
  assert.equal(last, two);
  await opened.browser.send(`${site}/auth/callback?code=x&state=sign-unknown`);
  assert.equal(opened.errors.at(-1)?.[1].resumePath, two);
});

test("no way on is shown for a login, to another browser, without a record, or by a store that does not answer", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  await reloaded(opened, callback);
  const lastPath = () => opened.errors.at(-1)?.[1].resumePath;
  assert.ok(lastPath());
  await opened.browser.send(`${site}/auth/callback?code=x&state=y`);
  assert.equal(lastPath(), undefined);
  await opened.browser.party.fetch(new Request(callback));
  assert.equal(lastPath(), undefined);
  opened.store.fail = { get: true };
  assert.equal(await codeOf(await opened.browser.send(callback)), "login-cookie-missing");
  assert.equal(lastPath(), undefined);
  opened.store.fail = {};
  opened.store.all.clear();
  assert.equal(await codeOf(await opened.browser.send(callback)), "login-cookie-missing");
  assert.equal(lastPath(), undefined);
});
