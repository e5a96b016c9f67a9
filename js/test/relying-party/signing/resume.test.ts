// Going on with a signature that was interrupted: who may, with which, and until when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { always, json, type Misbehaviour } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { now } from "./cards.js";
import { assertGone, form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

const fetching: [string, string, Misbehaviour][] = [
  ["a lost connection", "endpoint-unreachable", (_, r) => void r.destroy()],
  ["an outage", "endpoint-unavailable", always(503, "text/html", "")],
  ["a time-out", "endpoint-timeout", () => {}],
  ["a result that is not there yet", "signature-result-pending", (_, r) => json(r, 202, {})],
  ["a refusal", "signature-result-refused", (_, r) => json(r, 403, { error: "forbidden" })],
];
for (const [name, code, misbehave] of fetching) {
  test(`after ${name} while fetching, resuming fetches again, without another authorization`, async () => {
    const opened = openSite(world, {}, { timeout: 0.3 });
    const callback = await opened.begin();
    world.provider.misbehave.result = misbehave;
    const stopped = await opened.browser.send(callback);
    assert.equal(await codeOf(stopped), code);
    assert.equal(opened.store.entries.size, 1);
    const path = opened.errors[0]?.[1].resumePath ?? "";
    assert.match(path, /^\/auth\/sign\/resume\?signature=[0-9a-f]{16}&lang=ja$/);
    assert.ok((await stopped.text()).includes(`<a href="${path.replace("&", "&#38;")}">続きから再開</a>`));
    // The same page again, while nothing has changed.
    assert.equal(await codeOf(await opened.browser.send(site + path)), code);
    world.provider.misbehave = {};
    const done = await opened.browser.send(site + path);
    assert.equal(done.status, 303, await done.text());
    assert.equal(opened.signings.length, 1);
    assert.equal(world.provider.tokenRequests.filter(({ form: { size } }) => size > 0).length, 2);
    assertGone(opened);
  });
}

test("the signature that was begun last is resumed, if none is named", async () => {
  const opened = openSite(world);
  for (const [later, name] of [
    [1, "/second"],
    [0, "/first"],
  ] as const) {
    world.now = now + later;
    await opened.post({ ...form, return_to: name });
  }
  const again = await opened.resume();
  const back = world.provider.authorize(again.headers.get("location") ?? "");
  assert.equal((await opened.browser.send(back)).headers.get("location"), `${site}/second`);
});

test("resuming is for who chooses to: no link of another site, nothing in advance", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  await opened.pause(callback, 202);
  const { resultRequests } = world.provider.signing;
  const resumeWith = (headers: Record<string, string>) =>
    opened.browser.send(`${site}/auth/sign/resume`, { headers });
  for (const headers of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "same-origin", "sec-purpose": "prefetch" },
    { "sec-fetch-site": "none", "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
    { purpose: "Preview" },
  ]) {
    const response = await resumeWith(headers);
    assert.equal(response.status, 403);
    const isElsewhere = "sec-fetch-site" in headers && headers["sec-fetch-site"]?.endsWith("-site");
    const code = isElsewhere ? "cross-site-request-refused" : "navigation-required";
    assert.equal(await codeOf(response), code, JSON.stringify(headers));
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  assert.equal(world.provider.signing.resultRequests, resultRequests);
  assert.equal((await resumeWith({ "sec-fetch-site": "same-origin" })).status, 303);
  assert.equal(opened.signings.length, 1);
});

test("resuming from another browser, without the cookie or with another one, finds nothing", async () => {
  const opened = openSite(world);
  await opened.begin();
  const stranger = openSite(world);
  assert.equal(await codeOf(await stranger.resume()), "signature-not-found");
  assert.equal(await codeOf(await opened.resume("?signature=AAAAAAAA")), "signature-not-found");
  assert.equal(await codeOf(await opened.resume("?signature=a&signature=b")), "signature-not-found");
  const [name = ""] = opened.browser.named("honnin-signature");
  const cookie = opened.browser.cookies.get(name) ?? assert.fail();
  const { value } = cookie;
  for (const altered of [
    `${value.slice(0, -1)}${value.endsWith("A") ? "E" : "A"}`,
    "x",
    "",
    value.repeat(20),
  ]) {
    cookie.value = altered;
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  }
});

test("each stage may take its time; the store is told how long", async () => {
  const opened = openSite(world, { transactionLifetime: 120 });
  const callback = await opened.begin();
  assert.deepEqual(
    [...opened.store.entries.values()].map(({ seconds }) => seconds),
    [120],
  );
  world.now = now + 119;
  assert.equal(await codeOf(await opened.pause(callback, 202)), "signature-result-pending");
  world.now = now + 119 + 119;
  assert.equal((await opened.resume()).status, 303);
});
