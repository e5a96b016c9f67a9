// What a site's developer and its operator learn: events, and the console of a handler without `onError`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError } from "../../src/error.js";
import { environmentAt } from "../../src/launch/index.js";
import { observed } from "../../src/relying-party/events.js";
import type { ErrorAnswer, RelyingPartyEvent } from "../../src/relying-party/index.js";
import { memoryStore, relyingParty } from "../../src/relying-party/index.js";
import { logError } from "../../src/relying-party/log-error.js";
import type { ErrorKind } from "../../src/relying-party/page/classify.js";
import { json } from "./answers.js";
import type { Browser } from "./browser.js";
import { site, useWorld } from "./setup.js";

const world = await useWorld();

/** Without the durations, which were checked. */
function timeless(events: readonly RelyingPartyEvent[]): object[] {
  return events.map(({ duration, ...event }) => {
    assert.ok(duration >= 0 && duration < 60_000);
    if (event.name !== "request") return event;
    const { requestId, ...rest } = event;
    assert.match(requestId, /^[0-9a-f-]{36}$/);
    return rest;
  });
}

test("a login is told in order, without a word of who logged in", async () => {
  const events: RelyingPartyEvent[] = [];
  const requests: (Request | undefined)[] = [];
  const { browser } = world.party({
    scope: "openid name",
    onEvent(event, request) {
      events.push(event);
      requests.push(request);
    },
  });
  const back = await world.begin(browser);
  await browser.send(back);
  await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  assert.deepEqual(timeless(events), [
    { name: "request", route: "login", status: 303 },
    { name: "service-request", endpoint: "token", status: 200 },
    { name: "service-request", endpoint: "jwks", status: 200 },
    { name: "service-request", endpoint: "userinfo", status: 200 },
    { name: "request", route: "callback", status: 303 },
    { name: "request", route: "logout", status: 303 },
  ]);
  assert.deepEqual(
    requests.map((request) => request && new URL(request.url).pathname),
    ["/auth/login", undefined, undefined, undefined, "/auth/callback", "/auth/logout"],
  );
  const told = JSON.stringify(events);
  const { provider } = world;
  for (const secret of [provider.sub, "山田", back.searchParams.get("code"), back.searchParams.get("state")])
    assert.ok(!told.includes(String(secret)));
  for (const token of provider.issued) assert.ok(!told.includes(token));
});

test("an error has its code, and the ID that onError gets; a service that does not respond has no status", async () => {
  const events: RelyingPartyEvent[] = [];
  const answers: ErrorAnswer[] = [];
  const { browser } = world.party({
    onEvent: (event) => void events.push(event),
    onError: (_error, _request, answer) => void answers.push(answer),
    fetch: () => Promise.reject(new Error("no network")),
  });
  await browser.send(await world.begin(browser));
  await browser.send(`${site}/auth/nowhere`);
  assert.deepEqual(timeless(events), [
    { name: "request", route: "login", status: 303 },
    { name: "service-request", endpoint: "token" },
    { name: "request", route: "callback", status: 502, code: "endpoint-unreachable" },
    { name: "request", route: "unknown", status: 404, code: "route-not-found" },
  ]);
  const ids = events.flatMap((event) => (event.name === "request" && event.code ? [event.requestId] : []));
  assert.deepEqual(
    answers.map(({ requestId }) => requestId),
    ids,
  );
  assert.equal(new Set(ids).size, 2);
});

test("a handoff's routes are one route", async () => {
  const events: RelyingPartyEvent[] = [];
  const onEvent = (event: RelyingPartyEvent) => void events.push(event);
  const { browser } = world.party({ handoff: true, store: memoryStore(), onEvent });
  await browser.send(`${site}/auth/handoff/s/unknown`);
  assert.deepEqual(timeless(events), [
    { name: "request", route: "handoff", status: 404, code: "handoff-not-found" },
  ]);
});

test("what onEvent throws, or rejects with, changes nothing", async () => {
  for (const onEvent of [
    () => {
      throw new Error("broken");
    },
    (() => Promise.reject(new Error("broken"))) as () => void,
  ]) {
    const { browser } = world.party({ onEvent: onEvent as () => void });
    assert.equal((await browser.send(await world.begin(browser))).status, 303);
  }
});

test("the endpoints of the service have names, however the environment writes them", async () => {
  const environment = {
    ...environmentAt("https://op.example"),
    tokenEndpoint: "https://OP.example:443/api/../token",
  };
  const events: RelyingPartyEvent[] = [];
  const asked: string[] = [];
  const send = observed(
    async (url) => {
      asked.push(url);
      return new Response(null, { status: 204 });
    },
    environment,
    (event) => void events.push(event),
  );
  const { userinfoEndpoint, jwksUri, signTransactionsEndpoint } = environment;
  const addresses = {
    "https://op.example/token": "token",
    [userinfoEndpoint]: "userinfo",
    [jwksUri]: "jwks",
    [signTransactionsEndpoint]: "sign-transactions",
    [`${signTransactionsEndpoint}/5/result`]: "sign-transactions",
    "https://op.example/elsewhere": "other",
  };
  for (const url of Object.keys(addresses)) assert.equal((await send(url, {})).status, 204);
  assert.deepEqual(asked, Object.keys(addresses));
  assert.deepEqual(
    timeless(events),
    Object.values(addresses).map((endpoint) => ({ name: "service-request", endpoint, status: 204 })),
  );
});

test("durations are those of the request and of what it waited for", async (t) => {
  let clock = 1_000;
  t.mock.method(performance, "now", () => clock);
  const events: RelyingPartyEvent[] = [];
  const { browser } = world.party({
    onEvent: (event) => void events.push(event),
    async fetch() {
      clock += 250;
      throw new Error("no network");
    },
    now: () => Date.now() / 1_000,
  });
  await browser.send(await world.begin(browser));
  assert.deepEqual(
    events.map(({ name, duration }) => [name, duration]),
    [
      ["request", 0],
      ["service-request", 250],
      ["request", 250],
    ],
  );
});

test("onEvent is called at once, before the response is there for others", async () => {
  const environment = environmentAt("https://op.example");
  let told = false;
  const send = observed(
    async () => new Response(),
    environment,
    () => {
      told = true;
    },
  );
  await send(environment.jwksUri, {});
  assert.ok(told);
});

/** What reaches the console. */
async function loggedBy(
  t: { mock: { method: typeof test.mock.method } },
  overrides: Parameters<typeof world.party>[0],
  provoke: (browser: Browser) => Promise<unknown>,
): Promise<string[]> {
  const logged: unknown[][] = [];
  const mocked = t.mock.method(console, "error", (...what: unknown[]) => void logged.push(what));
  const { browser } = world.party(overrides);
  await provoke(browser);
  mocked.mock.restore();
  return logged.map((line) => line.join(" "));
}

const logIn = async (browser: Browser) => browser.send(await world.begin(browser));
const refuseClient = () => {
  world.provider.misbehave.token = (_, response) => json(response, 401, { error: "invalid_client" });
};

test("without onError, an error of the site is logged with code and message, once per code", async (t) => {
  refuseClient();
  const lines = await loggedBy(t, {}, async (browser) => {
    for (let round = 0; round < 3; round += 1) await logIn(browser);
    world.provider.misbehave = {};
    world.provider.claims = { iss: "https://elsewhere.example" };
    await logIn(browser);
  });
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^honnin: token-request-refused: .*invalid_client/);
  assert.match(lines[1] ?? "", /^honnin: issuer-mismatch: /);
});

test("what users do is not logged", async (t) => {
  const lines = await loggedBy(t, {}, async (browser) => {
    await browser.send(`${site}/auth/nowhere`);
    await browser.send(`${site}/auth/callback?state=x`);
    await browser.send(`${site}/auth/login?return_to=https://evil.example/`);
    await browser.send(`${site}/auth/logout`, { method: "POST" });
    const back = await world.begin(browser);
    back.searchParams.delete("code");
    back.searchParams.set("error", "access_denied");
    await browser.send(back);
  });
  assert.deepEqual(lines, []);
});

test("an exception of the site's functions is logged by the name of its class only", async (t) => {
  const lines = await loggedBy(
    t,
    {
      onLogin: () => {
        throw new TypeError("山田花子");
      },
    },
    logIn,
  );
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /^honnin: internal-error: .*TypeError: set onError/);
  assert.doesNotMatch(lines[0] ?? "", /山田/);
});

test("a name of a class that is no name is not written", async (t) => {
  for (const name of ["山田 花子", "TypeError: 山田", "x".repeat(65), ""]) {
    const onLogin = () => {
      throw Object.assign(new Error("secret"), { name });
    };
    const [line = "", ...more] = await loggedBy(t, { onLogin }, logIn);
    assert.deepEqual(more, []);
    assert.match(line, /^honnin: internal-error: /);
    assert.doesNotMatch(line, /The cause is|山田|xxx|secret/);
  }
});

test("the kinds of errors about which a site can do something, and no others", (t) => {
  const ofSite: ErrorKind[] = [
    ...(["site", "site-busy", "other-host", "refused", "unverified", "unreachable", "busy"] as const),
    ...(["unintelligible", "evidence"] as const),
  ];
  const ofUsers: ErrorKind[] = [
    ...(["denied", "not-found", "cookie-missing", "expired", "start-again", "return-address"] as const),
    ...(["not-allowed", "cross-site", "not-navigated", "lapsed", "spent", "not-granted"] as const),
    ...(["start-refused", "too-many", "signing-denied", "pin-locked", "transaction-expired"] as const),
    ...(["transaction-used", "other-user", "result-pending", "revoked", "unknown-policy"] as const),
    ...(["document", "nothing-to-resume", "handoff-gone", "handoff-stopped", "handoff-number"] as const),
    ...(["handoff-elsewhere", "handoff-step", "handoff-malformed", "handoff-many"] as const),
  ];
  const mocked = t.mock.method(console, "error", () => {});
  const written = (kind: ErrorKind) => {
    const before = mocked.mock.callCount();
    logError(new HonninError("store-unreachable", "The store failed."), kind, new Set());
    return mocked.mock.callCount() > before;
  };
  assert.deepEqual(ofSite.filter(written), ofSite);
  assert.deepEqual(ofUsers.filter(written), []);
});

test("onError or logErrors: false keep the console clean; logErrors: true writes beside onError", async (t) => {
  for (const [overrides, count] of [
    [{ onError: () => undefined }, 0],
    [{ logErrors: false }, 0],
    [{ onError: () => undefined, logErrors: true }, 1],
  ] as const) {
    refuseClient();
    assert.equal((await loggedBy(t, overrides, logIn)).length, count, JSON.stringify(overrides));
  }
});

test("the options are checked", () => {
  for (const wrong of [{ logErrors: "no" }, { onEvent: {} }] as object[])
    assert.throws(() => relyingParty(world.options(wrong)), { code: "options-invalid" });
});
