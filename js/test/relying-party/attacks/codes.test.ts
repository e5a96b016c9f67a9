// Codes that come from somebody else: relayed to a victim, or put over the victim's own; and numbers that are guessed at scale.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import {
  authorize,
  errorOf,
  follow,
  numberOn,
  openSite,
  otherThan,
  post,
  reach,
  scan,
  show,
  stateOf,
  submit,
  type,
} from "../handoff/devices.js";
import { useWorld } from "../setup.js";

const world = await useWorld();

test("a code that is relayed: the victim's phone does not reach the service, nor the attacker's computer a login, without the number", async () => {
  const opened = openSite(world);
  const [attacker, phone] = [opened.browser(), opened.browser()];
  await scan(phone, await show(attacker));
  assert.equal(await codeOf(await follow(phone, "/authorize")), "handoff-state");
  assert.equal(await codeOf(await submit(attacker, "/claim")), "handoff-state");
  // The victim breaks off instead of telling the number.
  assert.equal((await submit(phone, "/cancel")).status, 303);
  assert.equal((await stateOf(attacker)).code, "handoff-cancelled");
  assert.equal(await errorOf(await type(attacker, "000000")), "handoff-cancelled");
  assert.equal(opened.logins.length, 0);
});

test("a code that is put over the victim's own: its number does nothing at the victim's computer", async () => {
  const opened = openSite(world);
  const [pc, attacker, phone] = [opened.browser(), opened.browser(), opened.browser()];
  await show(pc);
  await scan(phone, await show(attacker));
  const number = await numberOn(phone);
  // Nobody has scanned the code that this computer shows.
  assert.equal(await errorOf(await type(pc, number)), "handoff-state");
  assert.equal(await codeOf(await follow(phone, "/authorize")), "handoff-state");
  for (const browser of [pc, attacker]) assert.notEqual((await submit(browser, "/claim")).status, 303);
  assert.equal(opened.logins.length, 0);
});

test("the service's address that the attacker's own phone was sent to, relayed to a victim: the victim's login reaches nobody", async () => {
  const opened = openSite(world);
  // No code and no number of a victim is needed for this: the attacker has both devices.
  const { pc, phone } = await reach(opened, "numbered");
  const victim = opened.browser();
  // The service knows the victim from now on, and leads the victim's browser back.
  const callback = await authorize(world, phone);
  const page = await victim.send(callback);
  assert.equal(await codeOf(page), "login-cookie-missing");
  assert.doesNotMatch(await page.text(), /<a /);
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.equal((await stateOf(pc)).state, "authorizing");
  assert.equal(await codeOf(await submit(pc, "/claim")), "handoff-state");
  assert.equal(opened.logins.length, 0);
  assert.deepEqual(victim.named("honnin-"), []);
  // Who also gets the address of the callback has the victim's login: the threat model says so.
  assert.equal((await phone.send(callback)).status, 303);
  assert.equal((await stateOf(pc)).state, "done");
});

test("two codes that are exchanged: each computer takes only the number of the phone that scanned its own", async () => {
  const opened = openSite(world);
  const [first, second] = [opened.browser(), opened.browser()];
  const [one, other] = [opened.browser(), opened.browser()];
  await scan(other, await show(first));
  await scan(one, await show(second));
  const [numberOfOne, numberOfOther] = [await numberOn(one), await numberOn(other)];
  if (numberOfOne !== numberOfOther) {
    assert.equal(await errorOf(await type(first, numberOfOne)), "handoff-number-wrong");
    assert.equal(await errorOf(await type(second, numberOfOther)), "handoff-number-wrong");
  }
  assert.equal((await type(first, numberOfOther)).status, 200);
  assert.equal(await codeOf(await follow(one, "/authorize")), "handoff-state");
  assert.equal((await follow(other, "/authorize")).status, 303);
});

test("all guesses of one address within a lifetime: five for each of twenty victims, then it shows no more codes", async () => {
  const opened = openSite(world, { handoff: { clientOf: { header: "x-client" } } });
  const attacker = opened.browser();
  attacker.headers["x-client"] = "203.0.113.7";
  let guesses = 0;
  for (let started = 0; started < 20; started += 1) {
    const phone = opened.browser();
    await scan(phone, await show(attacker));
    const wrong = otherThan(await numberOn(phone));
    for (let code: string | undefined; code !== "handoff-tries-exhausted"; guesses += 1)
      code = await errorOf(await type(attacker, wrong));
  }
  assert.equal(guesses, 100);
  const refused = await post(attacker, "", {});
  assert.equal(refused.status, 429);
  assert.equal(await errorOf(refused), "handoff-quota-exceeded");
  // Others are not concerned.
  const another = opened.browser();
  another.headers["x-client"] = "203.0.113.8";
  await show(another);
  assert.equal(opened.logins.length, 0);
});

test("around the end of a window, one address shows twice as many codes at most", async () => {
  const opened = openSite(world, { handoff: { clientOf: { header: "x-client" } } });
  const attacker = opened.browser();
  attacker.headers["x-client"] = "203.0.113.9";
  const showAll = async () => {
    let shown = 0;
    while ((await post(attacker, "", {})).status === 201) shown += 1;
    return shown;
  };
  world.now += 599 - (world.now % 600);
  assert.equal(await showAll(), 20);
  world.now += 1;
  assert.equal(await showAll(), 20);
  world.now += 599;
  assert.equal(await showAll(), 0);
});
