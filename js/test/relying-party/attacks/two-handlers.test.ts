// One client with two handlers at one site: their rules for logins differ, their secret and their store do not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, type RelyingPartyOptions } from "../../../src/relying-party/index.js";
import { Browser, codeOf } from "../browser.js";
import {
  authorize,
  errorOf,
  fetched,
  navigated,
  numberOn,
  openSite,
  reach,
  scan,
  show,
  type,
} from "../handoff/devices.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

const staff = `${site}/staff`;

/** The second handler asks for a level of assurance that the first one does not. */
function both() {
  const store = memoryStore({ now: () => world.now });
  const admitted: string[] = [];
  const strict: Partial<RelyingPartyOptions> = {
    redirectUri: `${staff}/callback`,
    acrValues: ["aal3"],
    requiredAcrValues: ["aal3"],
    store,
    onLogin: ({ sub }) => {
      admitted.push(sub);
    },
  };
  return { lax: openSite(world, { store }), strict: openSite(world, strict), admitted };
}

const asFetch = { method: "POST", headers: { ...fetched, "content-type": "application/json" } };
const asForm = { method: "POST", headers: navigated };

test("a login that the one handler verified for a handoff is not taken over by the other", async () => {
  const { lax, strict, admitted } = both();
  const { pc } = await reach(lax, "done");
  const there = new Browser(strict.party);
  for (const [name, cookie] of pc.cookies) there.cookies.set(name, cookie);
  assert.equal(await codeOf(await there.send(`${staff}/handoff/claim`, asForm)), "handoff-not-found");
  assert.equal(
    await errorOf(await there.send(`${staff}/handoff/state`, { headers: fetched })),
    "handoff-not-found",
  );
  assert.deepEqual(admitted, []);
  assert.deepEqual(there.named("honnin-session"), []);
  // Where it belongs, it counts.
  assert.equal(
    (
      await lax.party.fetch(
        new Request(`${site}/auth/handoff/claim`, {
          ...asForm,
          headers: { ...navigated, cookie: pc.cookieHeader },
        }),
      )
    ).status,
    303,
  );
});

test("a code of the one handler leads to no handoff of the other, nor does a phone bring its login there", async () => {
  const { lax, strict, admitted } = both();
  const [pc, phone] = [lax.browser(), lax.browser()];
  const url = await show(pc);
  const secret = url.slice(-43);
  const stranger = new Browser(strict.party);
  assert.equal(await codeOf(await stranger.send(`${staff}/handoff/s/${secret}`)), "handoff-not-found");
  assert.equal(
    await codeOf(
      await stranger.send(`${staff}/handoff/scan`, { ...asForm, body: new URLSearchParams({ secret }) }),
    ),
    "handoff-not-found",
  );
  await scan(phone, url);
  await type(pc, await numberOn(phone));
  const callback = await authorize(world, phone);
  const there = new Browser(strict.party);
  for (const [name, cookie] of phone.cookies) there.cookies.set(name, cookie);
  assert.equal(await codeOf(await there.send(`${staff}/callback${callback.search}`)), "handoff-not-found");
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.deepEqual(admitted, []);
  assert.equal(
    (await new Browser(strict.party).send(`${staff}/handoff`, { ...asFetch, body: "{}" })).status,
    201,
  );
});

test("a callback of the one handler that is brought to the other: the service refuses the code for another redirect URI", async () => {
  const { lax, strict, admitted } = both();
  const victim = lax.browser();
  const callback = await world.begin(victim);
  const there = new Browser(strict.party);
  for (const [name, cookie] of victim.cookies) there.cookies.set(name, cookie);
  assert.equal(
    await codeOf(await there.send(`${staff}/callback${callback.search}`)),
    "authorization-code-spent",
  );
  assert.deepEqual(admitted, []);
});

test("a session of the one handler counts at the other: the threat model says so", async () => {
  const { lax, strict } = both();
  const victim = lax.browser();
  await victim.send(await world.begin(victim));
  const request = new Request(staff, { headers: { cookie: victim.session } });
  assert.deepEqual((await strict.party.session(request))?.data, { sub: world.provider.sub });
  const apart = openSite(world, { cookieSecret: "another secret, for staff only: 0123456789" });
  assert.equal(await apart.party.session(request), undefined);
});
