// Somebody reads along in an access log, or in the history of a browser: every address, with codes and secrets, and no cookie.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Browser } from "../browser.js";
import { codeOf } from "../browser.js";
import {
  authorize,
  base,
  numberOn,
  openSite,
  scan,
  secretOf,
  show,
  submit,
  type,
} from "../handoff/devices.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

/** A reader of the log tries each address in it, from a browser of their own. */
async function tryAll(opened: ReturnType<typeof openSite>, log: readonly (string | URL)[]): Promise<Browser> {
  const reader = opened.browser();
  for (const url of log) {
    await reader.send(url);
    await reader.send(url, { method: "POST", headers: { origin: site } });
  }
  return reader;
}

test("all addresses of a login: whoever has them after each step is logged in nowhere, and disturbs nobody", async () => {
  const opened = openSite(world);
  const victim = opened.browser();
  const log: (string | URL)[] = [`${site}/auth/login?return_to=/account`];
  const callback = await world.begin(victim, "?return_to=/account");
  // Before the victim's own browser gets there: a proxy, an app that took over the link, a shoulder.
  log.push(callback);
  const early = await tryAll(opened, log);
  assert.deepEqual(early.named("honnin-session"), []);
  assert.equal(opened.logins.length, 0);
  assert.equal(world.provider.tokenRequests.length, 0);

  assert.equal((await victim.send(callback)).headers.get("location"), `${site}/account`);
  assert.equal(opened.logins.length, 1);
  const late = await tryAll(opened, log);
  assert.deepEqual(late.named("honnin-session"), []);
  assert.equal(opened.logins.length, 1);
  assert.equal(world.provider.tokenRequests.length, 1);
});

test("all addresses of a handoff: whoever has them once the code is scanned gets nowhere, and disturbs nobody", async () => {
  const opened = openSite(world);
  const [pc, phone] = [opened.browser(), opened.browser()];
  const url = await show(pc, { returnTo: "/account" });
  const log: (string | URL)[] = [base, `${base}/events`, `${base}/number`, `${base}/claim`, url];
  log.push(`${base}/scan`, `${base}/phone`, `${base}/phone/state`, `${base}/authorize`, `${base}/cancel`);
  const readAlong = async () => {
    const reader = await tryAll(opened, log);
    // The secret in the address was for one use.
    assert.equal(await codeOf(await submit(reader, "/scan", { secret: secretOf(url) })), spent);
    assert.deepEqual(
      [...reader.cookies.keys()].filter((name) => /session|handoff/.test(name)),
      [],
    );
  };
  let spent = "handoff-state";

  await scan(phone, url);
  await readAlong();
  await type(pc, await numberOn(phone));
  await readAlong();
  const callback = await authorize(world, phone);
  log.push(callback);
  await readAlong();
  assert.equal((await phone.send(callback)).headers.get("location"), `${base}/phone`);
  await readAlong();
  assert.equal(opened.logins.length, 0);
  assert.equal((await submit(pc, "/claim")).headers.get("location"), `${site}/account`);
  await readAlong();
  assert.equal(opened.logins.length, 1);
  assert.equal(world.provider.tokenRequests.length, 1);

  world.now += 1_000;
  spent = "handoff-not-found";
  await readAlong();
});

test("a secret of the log that is used before the user's own phone: the phone is told, and the computer is logged in by nobody", async () => {
  const opened = openSite(world);
  const [pc, phone, reader] = [opened.browser(), opened.browser(), opened.browser()];
  const url = await show(pc);
  assert.equal((await submit(reader, "/scan", { secret: secretOf(url) })).status, 303);
  assert.equal(await codeOf(await phone.send(url)), "handoff-state");
  // The number is on the reader's screen only, so that nobody can type it at the computer.
  assert.match(await numberOn(reader), /^\d{6}$/);
  assert.equal(await codeOf(await submit(reader, "/claim")), "handoff-not-found");
  assert.equal(opened.logins.length, 0);
  for (const browser of [pc, phone, reader]) assert.deepEqual(browser.named("honnin-session"), []);
});
