// What an edge runtime's context may do without harm.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";

import { openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("a waitUntil that throws takes nobody's answer away", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  let asked = 0;
  const context = {
    waitUntil() {
      asked += 1;
      throw new TypeError("Illegal invocation");
    },
  };
  const headers = { cookie: opened.browser.cookieHeader };
  const { fetch } = opened.browser.party;
  const done = await fetch(new Request(callback, { headers }), context);
  assert.equal(done.headers.get("location"), `${site}/`);
  assert.equal(opened.signings.length, 1);
  const missing = await fetch(new Request(`${site}/auth/sign/resume`), context);
  assert.equal(await codeOf(missing), "signature-not-found");
  assert.equal(asked, 2);
});
