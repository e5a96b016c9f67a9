// What a browser sends at most fits into the header that servers take.
import assert from "node:assert/strict";
import { test } from "node:test";

import { form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

const secureSite = "https://rp.example";

test("a session, logins and signatures, as large and as many as they get, stay within 8 KiB of cookies", async () => {
  // The session is about as large as one can be.
  const opened = openSite(
    world,
    { limits: { perClient: 100 } },
    { redirectUri: `${secureSite}/auth/callback`, onLogin: () => ({ sessionData: "x".repeat(2_400) }) },
  );
  const { browser } = opened;
  const login = (query = "") => browser.send(`${secureSite}/auth/login${query}`);
  const begun = await login();
  const callback = world.provider.authorize(begun.headers.get("location") ?? assert.fail());
  assert.equal((await browser.send(callback)).status, 303);
  for (const length of [0, 100, 270, 420, 700, 1_023]) {
    for (let count = 0; count < 6; count++) {
      world.now += 1;
      const returnTo = `/${"a".repeat(length)}`;
      await login(`?return_to=${returnTo}`);
      assert.ok(browser.cookieHeader.length <= 8_192, String(browser.cookieHeader.length));
      const posted = await browser.send(`${secureSite}/auth/sign`, {
        method: "POST",
        headers: { "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ ...form, return_to: returnTo }),
      });
      assert.equal(posted.status, 303);
      assert.ok(browser.cookieHeader.length <= 8_192, String(browser.cookieHeader.length));
    }
  }
  assert.equal(browser.named("honnin-session").length, 1);
  assert.ok(browser.named("honnin-login").length >= 1);
  assert.ok(browser.named("honnin-signature").length >= 3);
});
