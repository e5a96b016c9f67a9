// Access tokens that lapse before the result is fetched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { always, json, type Misbehaviour } from "../answers.js";
import { codeOf } from "../browser.js";
import { straighten } from "../setup.js";
import { assertGone, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("an access token that lapsed is refreshed once", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  await opened.pause(callback);
  world.provider.expireTokens();
  assert.equal((await opened.resume()).status, 303);
  assert.equal(opened.signings.length, 1);
  assert.deepEqual(
    world.provider.tokenRequests.map(({ form: sent }) => [sent.get("grant_type"), sent.get("refresh_token")]),
    [
      ["client_credentials", null],
      ["authorization_code", null],
      ["refresh_token", "refresh-1"],
    ],
  );
});

test("one that stays refused is forgotten: resuming leads through another authorization", async () => {
  for (const hasRefreshToken of [true, false]) {
    straighten(world);
    const opened = openSite(world);
    const callback = await opened.begin();
    world.provider.misbehave.result = (_, r) => json(r, 401, { error: "invalid_token" });
    if (!hasRefreshToken) world.provider.tokens = { refresh_token: undefined };
    assert.equal(await codeOf(await opened.browser.send(callback)), "signature-result-refused");
    assert.equal(world.provider.signing.resultRequests, hasRefreshToken ? 2 : 1);
    world.provider.misbehave = {};
    const again = await opened.resume();
    assert.match(again.headers.get("location") ?? "", /sign_transaction_id=/);
    await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(opened.signings.length, 1);
    assertGone(opened);
  }
});

test("a refresh that is refused is a refused result; one that cannot be asked for is an outage", async () => {
  for (const [misbehave, code] of [
    [
      (_: unknown, r: Parameters<Misbehaviour>[1]) => json(r, 400, { error: "invalid_grant" }),
      "signature-result-refused",
    ],
    [always(503, "text/html", ""), "endpoint-unavailable"],
  ] as const) {
    const opened = openSite(world);
    const callback = await opened.begin();
    await opened.pause(callback);
    world.provider.misbehave.token = misbehave;
    world.provider.expireTokens();
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(opened.store.entries.size, 1);
    world.provider.claims = {};
    world.provider.misbehave = {};
  }
});

test("an ID token that comes with refreshed tokens has to be about the same person", async () => {
  for (const [claims, code] of [
    [{}, undefined],
    [{ sub: "somebody-else" }, "subject-mismatch"],
    [{ aud: "another-client" }, "audience-mismatch"],
  ] as const) {
    straighten(world);
    const opened = openSite(world);
    const callback = await opened.begin();
    await opened.pause(callback);
    world.provider.expireTokens();
    world.provider.refreshed = claims;
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(opened.signings.length, code === undefined ? 1 : 0);
  }
});
