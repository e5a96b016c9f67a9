// Signatures end with the session of who began them.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RelyingPartyOptions } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { openSite, type SigningSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** Ways in which this browser passes to another session. */
const leaves: [string, Partial<RelyingPartyOptions>, (opened: SigningSite) => Promise<Response>][] = [
  [
    "a logout",
    {},
    ({ browser }) =>
      browser.send(`${site}/auth/logout`, { method: "POST", headers: { "sec-fetch-site": "same-origin" } }),
  ],
  ...(
    [
      ["a login", () => undefined],
      ["a login without a session", () => ({ sessionData: null })],
      ["a login with a session of the site's own", () => new Response("hello")],
    ] as const
  ).map(([name, onLogin]): (typeof leaves)[number] => [
    name,
    { onLogin },
    async ({ browser }) => {
      world.provider.claims = { sub: "the next person" };
      return browser.send(await world.begin(browser));
    },
  ]),
];
for (const [name, options, leave] of leaves) {
  test(`${name} ends the signatures under way: the next person finds none`, async () => {
    const opened = openSite(world, {}, options);
    const other = openSite(world, {}, { store: opened.store });
    await other.post();
    const callback = await opened.begin();
    await opened.post();
    const elsewhere = world.provider.authorize(
      (await opened.resume()).headers.get("location") ?? assert.fail(),
    );
    await opened.pause(callback, 202);
    assert.equal(opened.store.entries.size, 3);
    assert.equal(opened.browser.named("honnin-signature").length, 2);
    assert.ok((await leave(opened)).status < 400);
    assert.deepEqual(opened.browser.named("honnin-signature"), []);
    // That of another browser stays.
    assert.equal(opened.store.entries.size, 1);
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
    assert.equal(await codeOf(await opened.browser.send(elsewhere)), "signature-not-found");
    assert.equal(opened.signings.length, 0);
  });
}

test("a login that fails ends no signature; a logout ends it, even if the site's own part or the store fails", async () => {
  const fails = () => {
    throw new Error("no");
  };
  const opened = openSite(world, {}, { onLogin: fails, onLogout: fails });
  await opened.post();
  await opened.browser.send(await world.begin(opened.browser));
  assert.equal(opened.store.entries.size, 1);
  assert.equal(opened.browser.named("honnin-signature").length, 1);
  const logout = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
  assert.equal(await codeOf(await opened.browser.send(`${site}/auth/logout`, logout)), "internal-error");
  assert.equal(opened.store.entries.size, 0);
  assert.deepEqual(opened.browser.named("honnin-signature"), []);
  const out = openSite(world);
  await out.post();
  out.store.fail = { delete: true };
  assert.equal((await out.browser.send(`${site}/auth/logout`, logout)).status, 303);
  assert.deepEqual(out.browser.named("honnin-signature"), []);
});
