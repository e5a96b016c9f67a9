// Resuming acts on a GET: it is for somebody who goes there, not for what a page loads by itself.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { codeOf } from "../browser.js";
import { json } from "../op.js";
import { site, startWorld, straighten, type World } from "../setup.js";
import { now } from "./cards.js";
import { openSite, sealRsa } from "./site.js";

let world: World;
before(async () => {
  world = await startWorld();
});
beforeEach(() => {
  straighten(world);
  world.now = now;
  world.provider.seal = sealRsa;
});
after(() => world.provider.stop());

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
  const { resultRequests } = world.provider;
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
    assert.equal(await codeOf(response), "cross-site-request-refused", JSON.stringify(other));
    assert.equal(response.status, 403);
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  assert.equal(world.provider.resultRequests, resultRequests);
  assert.equal((await resumeWith(navigation)).status, 303);
  await opened.post();
  for (const headers of [{}, { "sec-fetch-site": "none" }, { "sec-fetch-mode": "cors" }]) {
    assert.equal((await resumeWith(headers)).status, 303, JSON.stringify(headers));
  }
});
