// A store that is lost at any operation of a login or a logout: a clear page, no code used twice, and a fresh start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { relyingParty } from "../../../src/relying-party/index.js";
import { Browser, codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";
import { LossyStore, type Way, ways } from "../stores/lossy-store.js";

const world = await useWorld();

/** The operations of two logins, the second of which ends the session of the first, and a logout. */
const operations = ["create", "replace", "get", "create", "create", "replace", "get", "create"];

/** Checks that a page says that the site is busy, and when to come back. */
async function assertClear(page: Response): Promise<void> {
  assert.equal(page.status, 503);
  assert.equal(await codeOf(page), "store-unreachable");
  assert.equal(page.headers.get("retry-after"), "30");
  assert.match(await page.text(), /href="\/auth\/login/, "with a link to start again");
}

async function run(way?: Way, at?: number): Promise<string[]> {
  world.provider.tokenRequests.length = 0;
  const store = new LossyStore(way, at);
  const logins: string[] = [];
  const onLogin = ({ sub }: { sub: string }) => {
    logins.push(sub);
    return { sessionData: logins.length, returnTo: "/welcome" };
  };
  const party = relyingParty(world.options({ store, onLogin }));
  const browser = new Browser(party);
  const session = async (cookie = browser.cookieHeader) =>
    (await party.session(new Request(site, { headers: { cookie } })))?.data;
  const callbacks: URL[] = [];
  for (let login = 0; login < 2; login += 1) {
    const callback = await world.begin(browser);
    callbacks.push(callback);
    const before = logins.length;
    const response = await browser.send(callback);
    // Either the login is complete, or nothing has happened.
    assert.equal(logins.length, before + (response.status === 303 ? 1 : 0));
    if (way === "it is sent twice") assert.equal(response.status, 303);
    if (response.status !== 303) await assertClear(response);
    const seen = await session();
    // Without the store, it is unknown whether a session was ended. Otherwise, it is that of this login or of none.
    assert.ok(seen === undefined || seen === logins.length, String(seen));
  }
  const copy = browser.session;
  const out = await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  if (out.status !== 303) assert.equal(await codeOf(out), "store-unreachable");
  assert.deepEqual(browser.named("honnin-session"), [], "this browser is logged out in any case");
  const done = store.operations.slice();

  store.back();
  if (out.status === 303 && way !== "it is emptied") assert.equal(await session(copy), undefined);
  // A reload completes what was left, and repeats nothing.
  for (const callback of callbacks) {
    const again = await browser.send(callback);
    assert.equal(again.headers.get("location"), `${site}/welcome`, await again.text());
  }
  assert.equal(logins.length, 2);
  assert.equal(world.provider.tokenRequests.length, 2, "each code was used once");
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  assert.equal(await session(), 3, "a fresh start");
  return done;
}

test("the operations of two logins and a logout", async () => {
  assert.deepEqual(await run(), operations);
});

for (const [way, what] of Object.entries(ways) as [Way, string][]) {
  for (const [index, name] of operations.entries()) {
    test(`${way}, at operation ${index + 1} (${name}): ${what}`, async () => {
      await run(way, index + 1);
    });
  }
}
