// What comes back from the service before there is a result: errors, tokens, acr.
import assert from "node:assert/strict";
import { test } from "node:test";
import { always } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { assertGone, openSite, useSigningWorld, withError } from "./site.js";

const world = await useSigningWorld();

const begun: [string, string, boolean, (callback: URL) => URL][] = [
  ["cancelled", "signature-denied", true, (url) => withError(url, "access_denied")],
  ["with a locked PIN", "signature-pin-locked", false, (url) => withError(url, "pin_locked")],
  ["too late", "signature-transaction-expired", false, (url) => withError(url, "transaction_expired")],
  // Another request may have the result at this moment.
  ["used", "signature-transaction-used", true, (url) => withError(url, "transaction_used")],
  ["of another user", "signature-user-mismatch", false, (url) => withError(url, "wrong_user")],
  ["refused", "authorization-refused", true, (url) => withError(url, "invalid_request")],
  [
    "without a code",
    "authorization-response-malformed",
    true,
    (url) => {
      url.searchParams.delete("code");
      return url;
    },
  ],
];
for (const [name, code, resumable, bend] of begun) {
  test(`an authorization ${name} is ${code}, ${resumable ? "and can be resumed" : "and ends the signature"}`, async () => {
    const opened = openSite(world);
    const response = await opened.browser.send(bend(await opened.begin()));
    assert.equal(await codeOf(response), code);
    assert.equal(opened.errors[0]?.[1].signing, true);
    assert.deepEqual(opened.browser.named("honnin-login"), []);
    if (!resumable) {
      assertGone(opened);
      assert.equal(opened.errors[0]?.[1].resumePath, undefined);
      assert.equal(await codeOf(await opened.resume()), "signature-not-found");
      return;
    }
    const again = await opened.browser.send(site + opened.errors[0]?.[1].resumePath);
    assert.equal(again.status, 303);
    assert.equal(world.provider.signing.transactions.size, 1);
    const done = await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(done.status, 303, await done.text());
    assert.equal(opened.signings.length, 1);
    assertGone(opened);
  });
}

test("error names of the service can be changed for the callback, too", async () => {
  const opened = openSite(world, { names: { errors: { pinLocked: "sign_pin_blocked" } } });
  const response = await opened.browser.send(withError(await opened.begin(), "sign_pin_blocked"));
  assert.equal(await codeOf(response), "signature-pin-locked");
});

const tokens: [string, string, () => void][] = [
  [
    "another nonce",
    "nonce-mismatch",
    () => {
      world.provider.claims = { nonce: "x" };
    },
  ],
  [
    "another audience",
    "audience-mismatch",
    () => {
      world.provider.claims = { aud: "x" };
    },
  ],
  [
    "a failing token endpoint",
    "endpoint-unavailable",
    () => {
      world.provider.misbehave.token = always(503, "text/html", "");
    },
  ],
  [
    "a lost connection",
    "endpoint-unreachable",
    () => {
      world.provider.misbehave.token = (_, r) => void r.destroy();
    },
  ],
];
for (const [name, code, misbehave] of tokens) {
  test(`an authorization with ${name} is ${code}; another one brings the signature`, async () => {
    const opened = openSite(world);
    const callback = await opened.begin();
    misbehave();
    assert.equal(await codeOf(await opened.browser.send(callback)), code);
    assert.equal(world.provider.signing.resultRequests, 0);
    world.provider.claims = {};
    world.provider.misbehave = {};
    const again = await opened.resume();
    assert.match(again.headers.get("location") ?? "", /sign_transaction_id=/);
    await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(opened.signings.length, 1);
  });
}

test("acr values are asked for and required as in a login", async () => {
  const opened = openSite(world, {}, { acrValues: "aal3", requiredAcrValues: ["aal3"] });
  const callback = await opened.begin();
  world.provider.claims = { acr: "aal1" };
  assert.equal(await codeOf(await opened.browser.send(callback)), "acr-mismatch");
  world.provider.claims = { acr: "aal3" };
  const again = await opened.resume();
  assert.match(again.headers.get("location") ?? "", /acr_values=aal3/);
  await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
  assert.equal(opened.signings.length, 1);
});

test("a login's callback is a login, also where documents are signed", async () => {
  let logins = 0;
  const opened = openSite(
    world,
    {},
    {
      onLogin: () => {
        logins += 1;
      },
    },
  );
  await opened.browser.send(await world.begin(opened.browser));
  assert.equal(logins, 1);
  assert.deepEqual(opened.browser.named("honnin-signature"), []);
});

test("a callback for a signature at a site that has none any more makes no session", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  const { browser, party } = world.party();
  for (const [name, cookie] of opened.browser.cookies) browser.cookies.set(name, cookie);
  const response = await browser.send(callback);
  assert.equal(await codeOf(response), "signature-not-found");
  assert.equal(
    (await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })))?.data,
    undefined,
  );
  assert.equal(world.provider.tokenRequests.filter(({ form: sent }) => sent.has("code")).length, 0);
});
