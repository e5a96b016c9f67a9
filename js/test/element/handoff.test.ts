// The handoff on the computer's side, without a browser: states, event streams, polling, troubles, time.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Handoff, type HandoffView } from "../../src/element/handoff/handoff.js";
import { FakePlatform, pass, settle } from "./fake-platform.js";

const base = "/auth/handoff";
const url = "https://shop.example/auth/handoff/open?ticket=1";
let platform: FakePlatform;
let views: HandoffView[];
let errors: string[];
let handoff: Handoff;
const view = () => views.at(-1) ?? { state: "idle" as const };
const states = () => views.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  platform = new FakePlatform();
  platform.replies = {
    [`POST ${base}`]: [201, { url, expiresIn: 300 }],
    [`GET ${base}/state`]: [200, { state: "waiting", expiresIn: 300 }],
  };
  views = [];
  errors = [];
  handoff = new Handoff(
    { base, lang: "en", returnTo: "/account", scopes: ["openid", "name"] },
    platform,
    (shown) => views.push(shown),
    (code) => errors.push(code),
  );
});
afterEach(() => {
  handoff.stop();
  mock.timers.reset();
});

test("the whole way by the event stream, with few polls", async () => {
  await handoff.start();
  assert.deepEqual(platform.requests, [
    { url: `${base}?lang=en`, body: { returnTo: "/account", scopes: ["openid", "name"] } },
  ]);
  assert.equal(view().url, url);
  assert.equal(view().deadline, Date.now() + 300_000);
  platform.tell({ state: "waiting", expiresIn: 299 });
  await pass(29);
  assert.equal(platform.count(`${base}/state`), 0);
  platform.tell({ state: "scanned", expiresIn: 200 });
  platform.replies[`POST ${base}/number`] = [200, { state: "numbered", expiresIn: 180 }];
  await handoff.sendNumber("１２３　４５６");
  assert.deepEqual(platform.requests.at(-1), { url: `${base}/number`, body: { number: "123456" } });
  platform.tell({ state: "authorizing", expiresIn: 170 });
  platform.tell({ state: "done", expiresIn: 60 });
  assert.deepEqual(states(), ["starting", "waiting", "scanned", "numbered", "authorizing", "done"]);
  assert.equal(platform.streams[0]?.closed, true);
  assert.equal(platform.isListening, false);
  await pass(120);
  assert.equal(view().state, "done");
  assert.deepEqual(errors, []);
});

test("with the streams cut or refused, polling does it all", async () => {
  await handoff.start();
  const refuse = () => {
    const stream = platform.streams.at(-1);
    if (stream !== undefined) stream.isRefused = true;
    stream?.error();
  };
  refuse();
  await pass(2);
  assert.equal(platform.count(`${base}/state`), 1);
  // The browser gave up on the stream: it is tried again a few times, and no more.
  for (let round = 0; round < 10; round += 1) {
    refuse();
    await pass(2);
  }
  assert.equal(platform.streams.length, 4);
  for (const state of ["scanned", "numbered", "authorizing", "done"] as const) {
    platform.replies[`GET ${base}/state`] = [200, { state, expiresIn: 100 }];
    await pass(2);
    assert.equal(view().state, state);
  }
  assert.deepEqual(errors, []);
});

test("a stream that ends after a while and comes back is no trouble", async () => {
  await handoff.start();
  platform.tell({ state: "waiting", expiresIn: 300 });
  platform.streams[0]?.error();
  await pass(1);
  platform.tell({ state: "waiting", expiresIn: 250 });
  await pass(20);
  assert.equal(platform.count(`${base}/state`), 0);
  assert.ok(views.every(({ trouble }) => trouble === undefined));
});

test("a stream that looks open and is dead is noticed", async () => {
  await handoff.start();
  platform.tell({ state: "waiting", expiresIn: 300 });
  platform.replies[`GET ${base}/state`] = [200, { state: "scanned", expiresIn: 270 }];
  await pass(30);
  assert.equal(view().state, "scanned");
});

test("30 seconds offline: said at once, and gone at once when the connection is back", async () => {
  await handoff.start();
  platform.tell({ state: "waiting", expiresIn: 300 });
  const online = platform.replies;
  platform.replies = {};
  platform.offline = true;
  platform.wake();
  platform.streams[0]?.error();
  assert.equal(view().trouble, "network");
  await pass(30);
  const polls = platform.count(`${base}/state`);
  assert.ok(polls >= 2 && polls <= 4, `${polls} polls while offline`);
  assert.equal(view().state, "waiting");
  platform.replies = { ...online, [`GET ${base}/state`]: [200, { state: "scanned", expiresIn: 260 }] };
  platform.offline = false;
  platform.wake();
  await settle();
  assert.equal(view().state, "scanned");
  assert.equal(view().trouble, undefined);
  assert.deepEqual(errors, ["handoff-unreachable"]);
});

test("one failed poll is not worth a message, two are; a failing store is told apart", async () => {
  await handoff.start();
  platform.replies[`GET ${base}/state`] = [503, ""];
  await pass(2);
  assert.equal(view().trouble, undefined);
  await pass(4);
  assert.equal(view().trouble, "service");
  platform.replies[`GET ${base}/state`] = [200, { state: "waiting", expiresIn: 250 }];
  await pass(8);
  assert.equal(view().trouble, undefined);
  assert.deepEqual(errors, ["handoff-unavailable"]);
});

test("a page of a proxy instead of JSON is a trouble, not a state", async () => {
  await handoff.start();
  platform.replies[`GET ${base}/state`] = [200, "<!doctype html>"];
  await pass(6);
  assert.equal(view().trouble, "service");
  assert.equal(view().state, "waiting");
});

test("a hidden tab asks rarely, and at once when it is visible again", async () => {
  await handoff.start();
  platform.hidden = true;
  platform.streams[0]?.error();
  await pass(14);
  assert.equal(platform.count(`${base}/state`), 0);
  await pass(16);
  assert.equal(platform.count(`${base}/state`), 2);
  platform.wake();
  await settle();
  assert.equal(platform.count(`${base}/state`), 2);
  platform.hidden = false;
  platform.wake();
  await settle();
  assert.equal(platform.count(`${base}/state`), 3);
});

test("a wrong number: the tries left, once more for the same mistake, and the end", async () => {
  await handoff.start();
  platform.tell({ state: "scanned", expiresIn: 200 });
  await handoff.sendNumber("12345");
  assert.equal(view().problem, "malformed");
  assert.equal(platform.count(`${base}/number`), 0);
  await handoff.sendNumber("12345");
  assert.deepEqual(
    views.slice(-3).map(({ problem }) => problem),
    ["malformed", undefined, "malformed"],
  );
  platform.replies[`POST ${base}/number`] = [403, { error: "handoff-number-wrong" }];
  platform.replies[`GET ${base}/state`] = [200, { state: "scanned", expiresIn: 190, triesLeft: 2 }];
  await handoff.sendNumber("111111");
  assert.equal(view().problem, "wrong");
  assert.equal(view().triesLeft, 2);
  platform.replies[`POST ${base}/number`] = [403, { error: "handoff-number-wrong", triesLeft: 1 }];
  await handoff.sendNumber("111111");
  assert.equal(view().triesLeft, 1);
  platform.replies[`POST ${base}/number`] = "cut";
  await handoff.sendNumber("111111");
  assert.equal(view().problem, "unreachable");
  platform.replies[`POST ${base}/number`] = [403, { error: "handoff-tries-exhausted" }];
  await handoff.sendNumber("111111");
  assert.equal(view().state, "refused");
  assert.equal(view().code, "handoff-tries-exhausted");
  assert.deepEqual(errors, [
    "handoff-number-wrong",
    "handoff-number-wrong",
    "handoff-unreachable",
    "handoff-tries-exhausted",
  ]);
});

test("an answer that comes late does not take the user back", async () => {
  await handoff.start();
  platform.tell({ state: "authorizing", expiresIn: 100 });
  platform.tell({ state: "scanned", expiresIn: 200 });
  assert.equal(view().state, "authorizing");
  platform.tell({ state: "cancelled", expiresIn: 0, code: "handoff-cancelled" });
  platform.tell({ state: "done", expiresIn: 100 });
  assert.equal(view().state, "cancelled");
  assert.deepEqual(errors, ["handoff-cancelled"]);
});

test("a code that lapsed does not stay on the page, with and without a connection", async () => {
  platform.replies[`POST ${base}`] = [201, { url, expiresIn: 10 }];
  platform.replies[`GET ${base}/state`] = [200, { state: "waiting", expiresIn: 0 }];
  await handoff.start();
  platform.tell({ state: "waiting", expiresIn: 10 });
  await pass(10);
  assert.equal(view().state, "lapsed");

  const unreachable = new FakePlatform();
  unreachable.replies[`POST ${base}`] = [201, { url, expiresIn: 10 }];
  const seen: HandoffView[] = [];
  const other = new Handoff({ base, lang: "ja" }, unreachable, (shown) => seen.push(shown), assert.ok);
  await other.start();
  await pass(10);
  assert.equal(seen.at(-1)?.state, "lapsed");
});

test("a handoff that the server no longer knows has lapsed", async () => {
  await handoff.start();
  platform.replies[`GET ${base}/state`] = [404, { error: "handoff-not-found" }];
  await pass(2);
  assert.equal(view().state, "lapsed");
  assert.deepEqual(errors, ["handoff-not-found"]);
  const before = platform.requests.length;
  await pass(60);
  assert.equal(platform.requests.length, before);
});

const failedStarts: [string, FakePlatform["replies"][string], string, string | undefined][] = [
  ["no connection", "cut", "handoff-unreachable", "network"],
  ["a failing server", [503, { error: "store-unreachable" }], "handoff-unavailable", "service"],
  ["too many requests", [429, ""], "handoff-unavailable", "service"],
  ["a refusal", [403, { error: "cross-site-request" }], "cross-site-request", undefined],
  ["a page", [200, "<!doctype html>"], "handoff-response-malformed", undefined],
  [
    "a URL that is not secure",
    [201, { url: "http://evil.example/", expiresIn: 9 }],
    "handoff-response-malformed",
    undefined,
  ],
];
for (const [what, reply, code, trouble] of failedStarts) {
  test(`the start fails: ${what}`, async () => {
    platform.replies[`POST ${base}`] = reply;
    await handoff.start();
    assert.deepEqual([view().state, view().code, view().trouble], ["failed", code, trouble]);
    assert.deepEqual(errors, [code]);
    assert.equal(platform.streams.length, 0);
  });
}

test("the user cancels: at once here, and at the server", async () => {
  await handoff.start();
  const cancelled = handoff.cancel();
  assert.equal(view().state, "cancelled");
  await cancelled;
  await handoff.cancel();
  assert.equal(platform.requests.at(-1)?.url, `${base}/cancel`);
  assert.equal(platform.count(`${base}/cancel`), 1);
  assert.equal(platform.streams[0]?.closed, true);
});

test("a handoff that was stopped says nothing more, and asks nothing", async () => {
  await handoff.start();
  handoff.stop();
  const [said, asked] = [views.length, platform.requests.length];
  platform.tell({ state: "scanned", expiresIn: 100 });
  await pass(400);
  assert.deepEqual([views.length, platform.requests.length], [said, asked]);
});

/** The page is loaded again: another handoff with the same memory. */
function reloaded(options: Partial<ConstructorParameters<typeof Handoff>[0]> = {}): Handoff {
  handoff.stop();
  views = [];
  platform.requests.length = 0;
  handoff = new Handoff(
    { base, lang: "en", returnTo: "/account", scopes: ["openid", "name"], ...options },
    platform,
    (shown) => views.push(shown),
    (code) => errors.push(code),
  );
  return handoff;
}

for (const state of ["waiting", "scanned", "numbered", "authorizing", "done"] as const) {
  test(`a page that is loaded again goes on from ${state}, with the same code`, async () => {
    await handoff.start();
    await pass(10);
    platform.replies[`GET ${base}/state`] = [200, { state, expiresIn: 289 }];
    assert.equal(reloaded().resume(), true);
    assert.equal(view().isLooking, true);
    await settle();
    assert.deepEqual(states(), ["starting", state]);
    assert.equal(platform.count(base), 0);
    if (state !== "waiting") return;
    assert.equal(view().url, url);
    platform.tell({ state: "scanned", expiresIn: 100 });
    assert.equal(view().state, "scanned");
  });
}

test("a page that is loaded again goes on also where the answers take long", async () => {
  await handoff.start();
  await pass(10);
  platform.replies[`GET ${base}/state`] = [200, { state: "waiting", expiresIn: 290 }];
  platform.delay = 8;
  assert.equal(reloaded().resume(), true);
  await pass(7);
  assert.equal(view().isLooking, true);
  await pass(1);
  assert.deepEqual([view().state, view().url], ["waiting", url]);
  assert.equal(platform.count(base), 0);
});

test("a page that is loaded again goes on also where the stream takes long", async () => {
  await handoff.start();
  await pass(10);
  platform.replies[`GET ${base}/state`] = "cut";
  assert.equal(reloaded().resume(), true);
  await pass(8);
  platform.tell({ state: "waiting", expiresIn: 290 });
  assert.deepEqual([view().state, view().url], ["waiting", url]);
});

const lost: [string, FakePlatform["replies"][string]][] = [
  ["took its login", [200, { state: "claimed", expiresIn: 0 }]],
  ["is unknown", [404, { error: "handoff-not-found" }]],
  ["belongs to another browser", [403, { error: "handoff-other-browser" }]],
  ["was replaced by one of another tab", [200, { state: "waiting", expiresIn: 299 }]],
];
for (const [what, reply] of lost) {
  test(`a handoff that ${what} is not gone on with, and not looked for again`, async () => {
    await handoff.start();
    await pass(10);
    platform.replies[`GET ${base}/state`] = reply;
    assert.equal(reloaded().resume(), true);
    await settle();
    assert.deepEqual(states(), ["starting", "idle"]);
    assert.equal(reloaded().resume(), false);
    await pass(60);
    assert.deepEqual([views, platform.requests, errors], [[], [], []]);
  });
}

test("an end that came while the page was loaded again is shown, once", async () => {
  await handoff.start();
  platform.replies[`GET ${base}/state`] = [
    200,
    { state: "cancelled", expiresIn: 0, code: "handoff-cancelled" },
  ];
  reloaded().resume();
  await settle();
  assert.deepEqual([view().state, errors], ["cancelled", ["handoff-cancelled"]]);
  assert.equal(reloaded().resume(), false);
});

test("while the server does not answer, a handoff is looked for; the user may give up", async () => {
  await handoff.start();
  platform.replies[`GET ${base}/state`] = [503, ""];
  reloaded().resume();
  await pass(6);
  assert.deepEqual([view().state, view().trouble], ["starting", "service"]);
  platform.replies[`GET ${base}/state`] = [200, { state: "authorizing", expiresIn: 100 }];
  await pass(16);
  assert.deepEqual([view().state, view().trouble], ["authorizing", undefined]);

  platform.replies[`GET ${base}/state`] = "cut";
  reloaded().resume();
  await pass(6);
  await handoff.cancel();
  assert.equal(view().state, "cancelled");
  assert.equal(platform.count(`${base}/cancel`), 1);
  assert.equal(reloaded().resume(), false);
});

test("a page with other options, and one that ended its handoff, have nothing to go on with", async () => {
  assert.equal(reloaded().resume(), false);
  await handoff.start();
  assert.equal(reloaded({ returnTo: "/other" }).resume(), false);
  assert.equal(reloaded({ scopes: undefined }).resume(), false);
  assert.equal(reloaded({ base: "/other" }).resume(), false);
  const { memory } = platform;
  for (const foreign of ["", "{", "null", "[]", '{"a":1}']) {
    platform.memory = foreign;
    assert.equal(reloaded().resume(), false, foreign);
  }
  platform.memory = memory;
  assert.equal(reloaded({ lang: "ja" }).resume(), true);
  await handoff.cancel();
  assert.equal(reloaded().resume(), false);
});

/** A handoff of another tab of this browser: its cookie takes the place of that of the first one. */
function elsewhere(options: { readonly base?: string; readonly memory?: string } = {}) {
  const tab = new FakePlatform();
  tab.replies = platform.replies;
  tab.others = [platform];
  const seen: HandoffView[] = [];
  const other = new Handoff(
    { base: options.base ?? base, lang: "en" },
    tab,
    (shown) => seen.push(shown),
    () => {},
  );
  return { tab, other, seen };
}

test("a handoff that starts in another tab ends this one, also where only polls tell of it", async () => {
  await handoff.start();
  platform.streams.at(-1)?.error();
  const { other, seen } = elsewhere();
  // What a poll of this tab is told from now on is about the other code.
  await other.start();
  assert.deepEqual([view().state, view().url, seen.at(-1)?.state], ["cancelled", undefined, "waiting"]);
  const before = platform.requests.length;
  await pass(120);
  // The other tab is not cancelled with it.
  assert.equal(platform.requests.length, before);
  assert.equal(reloaded().resume(), false);
  other.stop();
});

test("a start that fails elsewhere, or is at other routes, leaves this handoff alone", async () => {
  await handoff.start();
  platform.replies["POST /staff/handoff"] = [201, { url, expiresIn: 300 }];
  const staff = elsewhere({ base: "/staff/handoff" });
  await staff.other.start();
  assert.equal(staff.seen.at(-1)?.state, "waiting");
  platform.replies[`POST ${base}`] = [429, { error: "handoff-quota-exceeded" }];
  const refused = elsewhere();
  await refused.other.start();
  assert.equal(refused.seen.at(-1)?.state, "failed");
  assert.equal(view().state, "waiting");
  staff.other.stop();
});

test("what another element of the page has to remember survives the end of this handoff", async () => {
  await handoff.start();
  const { other, tab } = elsewhere();
  platform.replies[`POST ${base}`] = [201, { url: `${url}2`, expiresIn: 300 }];
  // One page has one memory.
  Object.defineProperty(tab, "memory", {
    get: () => platform.memory,
    set: (text: string) => {
      platform.memory = text;
    },
  });
  await other.start();
  assert.equal(view().state, "cancelled");
  assert.match(platform.memory, /ticket=12/);
  other.stop();
});
