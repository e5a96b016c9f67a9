// Sessions can be ended: by their age, by nobody using them, by the site, by a logout, for copies too.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  memoryStore,
  type RelyingPartyOptions,
  type Session,
  type Store,
} from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";

const start = Math.floor(Date.now() / 1000);
const world = await useWorld((each) => {
  each.now = start;
});

async function loggedIn(overrides: Partial<RelyingPartyOptions> = {}) {
  const { browser, party } = world.party(overrides);
  await browser.send(await world.begin(browser));
  const of = (cookie = browser.cookieHeader) => party.session(new Request(site, { headers: { cookie } }));
  const logout = () => browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  return { browser, party, of, logout };
}

test("a session has an id of its own, the time of its issue, and what the site put into it", async () => {
  const ids = new Set<string>();
  for (let count = 0; count < 3; count += 1) {
    const { of, party, browser } = await loggedIn({ onLogin: () => ({ sessionData: { cart: [count] } }) });
    const session = await of();
    assert.deepEqual(session, { id: session?.id, issuedAt: start, data: { cart: [count] } });
    ids.add(session?.id ?? "");
    const request = new Request(site, { headers: { cookie: browser.cookieHeader } });
    assert.deepEqual((await party.session(request))?.data, { cart: [count] });
  }
  assert.equal(ids.size, 3);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("an idle session ends; a used one is renewed, up to its lifetime", async () => {
  const { of, browser } = await loggedIn({ sessionLifetime: 3_600, sessionIdleLimit: 600 });
  const [name = ""] = browser.session.split("=");
  assert.equal(browser.cookies.get(name)?.attributes.get("max-age"), "600");
  assert.equal((await of())?.renewal, undefined, "there is no need of one yet");
  const idle = browser.session;
  world.now = start + 599;
  const renewal = (await of(idle))?.renewal ?? "";
  assert.match(renewal, new RegExp(`^${name}=[\\w.-]+; Path=/; Max-Age=600; HttpOnly; SameSite=Lax$`));
  const copy = { ...(await of(idle)) };
  const members = ["id", "issuedAt", "data"];
  assert.deepEqual(Object.keys(copy), members);
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(await of(idle)))), members);
  world.now = start + 600;
  assert.equal(await of(idle), undefined);
  let cookie = renewal.split(";")[0] ?? "";
  const id = (await of(cookie))?.id;
  for (let now = start + 900; now < start + 3_600; now += 300) {
    world.now = now;
    const session = await of(cookie);
    assert.equal(session?.id, id);
    assert.equal(session?.issuedAt, start);
    cookie = session?.renewal?.split(";")[0] ?? cookie;
    if (now === start + 3_300) assert.match(session?.renewal ?? "", /Max-Age=300;/);
  }
  world.now = start + 3_600;
  assert.equal(await of(cookie), undefined, "no renewal outlives the session");
});

test("a renewal from a clock that is ahead counts for nothing yet", async () => {
  const { of, browser } = await loggedIn({ sessionLifetime: 3_600, sessionIdleLimit: 600 });
  world.now = start + 500;
  const cookie = (await of(browser.session))?.renewal?.split(";")[0] ?? "";
  world.now = start + 440;
  assert.ok(await of(cookie));
  world.now = start + 439;
  assert.equal(await of(cookie), undefined);
});

test("what was sealed for another service or client opens for nobody, whatever its cookie is called", async () => {
  const { of, browser } = await loggedIn();
  const [name, value] = browser.session.split("=");
  assert.ok(await of(`${name}=${value}`));
  const environment = { ...world.provider.environment, issuer: "https://other.example/api/realms/main" };
  for (const other of [{ environment }, { clientId: "another" }]) {
    const { party: theirs } = world.party(other);
    const begun = await theirs.fetch(new Request(`${site}/auth/login`));
    const tag = /-([0-9a-f]{8})-/.exec(begun.headers.get("set-cookie") ?? "")?.[1];
    const cookie = `honnin-session-${tag}=${value}`;
    assert.equal(await theirs.session(new Request(site, { headers: { cookie } })), undefined);
  }
});

test("without an idle limit there are no renewals", async () => {
  const { of } = await loggedIn();
  world.now = start + 20_000;
  assert.equal((await of())?.renewal, undefined);
});

test("isRevoked may freeze and keep the session: it does not get the renewal", async () => {
  const kept: object[] = [];
  const { of } = await loggedIn({
    sessionLifetime: 3_600,
    sessionIdleLimit: 600,
    isRevoked: (session) => {
      kept.push(Object.freeze(session));
      return false;
    },
  });
  world.now = start + 599;
  assert.match((await of())?.renewal ?? "", /HttpOnly/);
  assert.ok(kept.length > 0);
  for (const session of kept) assert.ok(!("renewal" in session));
});

test("isRevoked is asked; whatever is not a clear no ends the session", async () => {
  const asked: unknown[] = [];
  let answer: () => unknown = () => false;
  const { of, browser } = await loggedIn({
    isRevoked: (session, request) => {
      asked.push(session, request.url);
      return answer() as boolean;
    },
  });
  const session = (await of()) as Session;
  assert.deepEqual(asked, [
    { id: session.id, issuedAt: start, data: { sub: world.provider.sub } },
    `${site}/`,
  ]);
  for (const [other, counts] of [
    [() => Promise.resolve(false), true],
    [() => true, false],
    [() => Promise.resolve(true), false],
    [() => undefined, false],
    [() => null, false],
    [() => 0, false],
    [() => Promise.reject(new Error("the database is out")), false],
    [
      () => {
        throw new Error("the database is out");
      },
      false,
    ],
  ] as const) {
    answer = other;
    assert.equal((await of()) !== undefined, counts, String(other));
  }
  // Of a session that does not count anyway, nobody is asked.
  asked.length = 0;
  answer = () => false;
  await of(`${browser.session}x`);
  assert.deepEqual(asked, []);
});

test("with a store, a logout ends the session for copies of its cookie, too", async () => {
  const store = memoryStore({ now: () => world.now });
  const { of, browser, logout } = await loggedIn({ store });
  const copy = browser.session;
  assert.ok(await of(copy));
  assert.equal((await logout()).status, 303);
  assert.equal(await of(copy), undefined);
  // For as long as it would have lasted, on every instance.
  world.now = start + 28_799;
  const other = world.party({ store }).party;
  assert.equal(await other.session(new Request(site, { headers: { cookie: copy } })), undefined);
});

test("without a store, a copy lives on until its time: the threat model says so", async () => {
  const { of, browser, logout } = await loggedIn();
  const copy = browser.session;
  await logout();
  assert.ok(await of(copy));
  world.now = start + 28_800;
  assert.equal(await of(copy), undefined);
});

test("with a store, a login ends the session that it replaces", async () => {
  const { of, browser } = await loggedIn({ store: memoryStore() });
  const before = browser.session;
  await browser.send(await world.begin(browser));
  assert.notEqual(browser.session, before);
  assert.ok(await of(browser.session));
  assert.equal(await of(before), undefined);
});

test("a store that is out means no session; a logout that it cannot remember says so, and ends this browser's", async () => {
  const good = memoryStore();
  let out = false;
  const failing = Object.fromEntries(
    (["create", "get", "replace", "delete"] as const).map((name) => [
      name,
      async (...given: unknown[]) => {
        if (out) throw new Error("out");
        return (good[name] as (...given: unknown[]) => unknown)(...given);
      },
    ]),
  ) as unknown as Store;
  const { of, browser, logout } = await loggedIn({ store: failing });
  assert.ok(await of());
  out = true;
  assert.equal(await of(), undefined);
  out = false;
  const create = failing.create;
  failing.create = async () => {
    throw new Error("out");
  };
  // The handler has bound nothing: it asks the store that it was given.
  const response = await logout();
  failing.create = create;
  assert.equal(response.status, 503);
  assert.equal(await codeOf(response), "store-unreachable");
  assert.deepEqual(browser.named("honnin-session"), []);
});

test("onLogout gets the session with its id, to be listed", async () => {
  const listed = new Set<string>();
  const { of, browser, logout } = await loggedIn({
    onLogout: (session) => {
      if (session !== undefined) listed.add(session.id);
    },
    isRevoked: ({ id }) => listed.has(id),
  });
  const copy = browser.session;
  await logout();
  assert.equal(listed.size, 1);
  assert.equal(await of(copy), undefined);
});

test("a longer lifetime revives neither a session that lapsed nor one that was ended", async () => {
  const store = memoryStore({ now: () => world.now });
  const { browser } = await loggedIn({ store });
  const copies = [browser.session];
  await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  await browser.send(await world.begin(browser));
  copies.push(browser.session);
  const { party: later } = world.party({ store, sessionLifetime: 30 * 86_400 });
  world.now = start + 28_900;
  for (const cookie of copies) {
    assert.equal(await later.session(new Request(site, { headers: { cookie } })), undefined);
  }
});
