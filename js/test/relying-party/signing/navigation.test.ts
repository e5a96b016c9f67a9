// Resuming acts on a GET: it is for somebody who goes there, not for what a page loads by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";

import { form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

const navigation = {
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};

test("an image, a frame or a script of the site itself resumes nothing; a navigation does, and an old browser", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  await opened.browser.send(callback);
  world.provider.misbehave = {};
  const { resultRequests } = world.provider.signing;
  const resumeWith = (headers: Record<string, string>) =>
    opened.browser.send(`${site}/auth/sign/resume`, { headers });
  for (const other of [
    { "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
    { "sec-fetch-dest": "iframe" },
    { "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
    { "sec-fetch-mode": "same-origin" },
    { "sec-fetch-dest": "image" },
    { "sec-fetch-mode": "" },
  ]) {
    const response = await resumeWith({ ...navigation, ...other });
    assert.equal(await codeOf(response), "navigation-required", JSON.stringify(other));
    assert.equal(response.status, 403);
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  assert.equal(world.provider.signing.resultRequests, resultRequests);
  assert.equal((await resumeWith(navigation)).status, 303);
  await opened.post();
  for (const headers of [{}, { "sec-fetch-site": "none" }, { "sec-fetch-mode": "cors" }]) {
    assert.equal((await resumeWith(headers)).status, 303, JSON.stringify(headers));
  }
});

test("a signature is begun by a form in a window of its own: in a frame, where another page may lie over it, it is not", async () => {
  const opened = openSite(world);
  const { transactions } = world.provider.signing;
  for (const other of [
    { "sec-fetch-dest": "iframe" },
    { "sec-fetch-dest": "frame" },
    { "sec-fetch-dest": "object" },
    { "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
  ]) {
    const response = await opened.post(form, { origin: site, ...navigation, ...other });
    assert.equal(await codeOf(response), "navigation-required", JSON.stringify(other));
    assert.equal(response.status, 403);
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  assert.equal(transactions.size, 0);
  assert.equal(opened.store.all.size, 0);
  assert.equal((await opened.post(form, { origin: site, ...navigation })).status, 303);
});
