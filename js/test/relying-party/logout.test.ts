import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../../src/relying-party/index.js";
import { codeOf } from "./browser.js";
import { site, useWorld, type World } from "./setup.js";

const world = await useWorld();

const logout = `${site}/auth/logout`;
const sameOrigin = { origin: site };

async function loggedIn(overrides: Parameters<World["party"]>[0] = {}) {
  const { browser, party } = world.party(overrides);
  await browser.send(await world.begin(browser));
  assert.equal(browser.named("honnin-session").length, 1);
  return { browser, party };
}

test("a POST of the site's own page ends the session", async () => {
  const { browser, party } = await loggedIn();
  const response = await browser.send(logout, { method: "POST", headers: sameOrigin });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), `${site}/`);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.deepEqual(browser.named("honnin-session"), []);
  assert.equal(
    (await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })))?.data,
    undefined,
  );
});

const senders: [Record<string, string>, boolean][] = [
  [{ origin: site }, true],
  [{ origin: site, "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "none" }, true],
  [{ origin: "null", "sec-fetch-site": "same-origin" }, true],
  [{}, false],
  [{ origin: "null" }, false],
  [{ origin: "null", "sec-fetch-site": "none" }, false],
  [{ origin: "null", "sec-fetch-site": "cross-site" }, false],
  [{ origin: "https://other.example" }, false],
  [{ origin: "http://localhost:4001" }, false],
  [{ origin: "https://localhost:4000" }, false],
  [{ origin: `${site}/` }, false],
  [{ origin: `${site}.other.example` }, false],
  [{ origin: site, "sec-fetch-site": "cross-site" }, false],
  [{ origin: site, "sec-fetch-site": "same-site" }, false],
  [{ origin: "https://other.example", "sec-fetch-site": "same-origin" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "nonsense" }, false],
];
for (const [headers, accepted] of senders) {
  test(`logout with ${JSON.stringify(headers)} is ${accepted ? "done" : "refused"}`, async () => {
    const { browser } = await loggedIn({ onLogout: () => void assert.ok(accepted) });
    const response = await browser.send(logout, { method: "POST", headers });
    assert.equal(response.status, accepted ? 303 : 403);
    assert.equal(await codeOf(response), accepted ? undefined : "cross-site-request-refused");
    assert.equal(browser.named("honnin-session").length, accepted ? 0 : 1);
  });
}

test("GET and HEAD do not end a session", async () => {
  for (const method of ["GET", "HEAD"]) {
    const { browser } = await loggedIn();
    const response = await browser.send(logout, { method, headers: sameOrigin });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
    assert.equal(browser.named("honnin-session").length, 1);
  }
});

test("return addresses stay within the site", async () => {
  const { browser } = await loggedIn();
  const elsewhere = await browser.send(`${logout}?return_to=//other.example`, {
    method: "POST",
    headers: sameOrigin,
  });
  assert.equal(await codeOf(elsewhere), "return-address-refused");
  const response = await browser.send(`${logout}?return_to=/bye`, { method: "POST", headers: sameOrigin });
  assert.equal(response.headers.get("location"), `${site}/bye`);
});

test("onLogout gets the session and decides on the answer", async () => {
  const sessions: unknown[] = [];
  const own = await loggedIn({
    onLogout: (session) => {
      sessions.push(session);
      return new Response("bye", { headers: { "x-own": "1" } });
    },
  });
  const response = await own.browser.send(logout, { method: "POST", headers: sameOrigin });
  assert.equal(await response.text(), "bye");
  assert.equal(response.headers.get("x-own"), "1");
  assert.deepEqual(own.browser.named("honnin-session"), []);
  await own.browser.send(logout, { method: "POST", headers: sameOrigin });
  const [session, none] = sessions as [Session, undefined];
  assert.deepEqual(session.data, { sub: world.provider.sub });
  assert.match(session.id, /^[0-9a-f]{32}$/);
  assert.equal(session.issuedAt, world.now);
  assert.equal(none, undefined);

  const moved = await loggedIn({ onLogout: () => ({ returnTo: "/goodbye" }) });
  const redirected = await moved.browser.send(logout, { method: "POST", headers: sameOrigin });
  assert.equal(redirected.headers.get("location"), `${site}/goodbye`);
});

test("an exception of onLogout is internal-error, a place that is none of the site options-invalid; the session ends", async () => {
  const { browser } = await loggedIn({ onLogout: () => Promise.reject(new Error("x")) });
  const response = await browser.send(logout, { method: "POST", headers: sameOrigin });
  assert.equal(response.status, 500);
  assert.equal(await codeOf(response), "internal-error");
  assert.deepEqual(browser.named("honnin-session"), []);
  const wrong = [{ returnTo: "https://other.example/" }, { returnTo: "/auth/login" }, { location: "/" }, "/"];
  for (const outcome of wrong) {
    const lost = await loggedIn({ onLogout: () => outcome as never });
    const answer = await lost.browser.send(logout, { method: "POST", headers: sameOrigin });
    assert.equal(answer.status, 500);
    assert.equal(await codeOf(answer), "options-invalid");
    assert.deepEqual(lost.browser.named("honnin-session"), []);
  }
});

test("onLogout is told of the session even while nobody can say whether it still counts", async () => {
  const ended: string[] = [];
  const { browser } = await loggedIn({
    onLogout: (session) => void ended.push(session?.id ?? "none"),
    isRevoked: () => Promise.reject(new Error("the database is out")),
  });
  const response = await browser.send(logout, { method: "POST", headers: sameOrigin });
  assert.equal(response.status, 303);
  assert.equal(ended.length, 1);
  assert.match(ended[0] ?? "", /^[0-9a-f]{32}$/);
});
