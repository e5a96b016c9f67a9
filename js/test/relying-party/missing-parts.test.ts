// Code that few requests need is loaded when it is needed. On a server that lacks it, nothing is half done, and the site learns of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandler } from "../../src/relying-party/handler.js";
import {
  type ErrorAnswer,
  type HonninError,
  memoryStore,
  type RelyingPartyEvent,
  type RelyingPartyOptions,
} from "../../src/relying-party/index.js";
import { readSigningOptions } from "../../src/relying-party/options/signing-options.js";
import { signingTexts } from "../../src/relying-party/page/signing-texts.js";
import { parts as given } from "../../src/relying-party/parts.js";
import { wingOf } from "../../src/relying-party/signing/load-wing.js";
import { Browser, codeOf } from "./browser.js";
import { site, useWorld } from "./setup.js";
import { signingOptions } from "./signing/site.js";

const world = await useWorld();

/** A handler whose code of signatures is missing while `gone` is set. */
function handler(overrides: Partial<RelyingPartyOptions>) {
  const parts = { gone: false };
  const signing = signingOptions({ onSigned: () => undefined });
  const party = createHandler(world.options({ signing, store: memoryStore(), ...overrides }), given, {
    read: (options, surroundings) => {
      const load = wingOf(
        readSigningOptions(options, surroundings),
        () => import("../../src/relying-party/signing-wing.js"),
      );
      return async () => {
        if (parts.gone) throw new TypeError("Failed to fetch dynamically imported module");
        return load();
      };
    },
    texts: signingTexts,
  });
  return { parts, party, browser: new Browser(party) };
}

test("a login fails before its code is used and before the site learns of it", async () => {
  const logins: string[] = [];
  const { parts, browser } = handler({ onLogin: ({ sub }) => void logins.push(sub) });
  const back = await world.begin(browser);
  const requests = world.provider.tokenRequests.length;
  parts.gone = true;
  const refused = await browser.send(back);
  assert.equal(refused.status, 500);
  assert.equal(await codeOf(refused), "internal-error");
  assert.deepEqual(logins, []);
  assert.equal(world.provider.tokenRequests.length, requests);
  parts.gone = false;
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  assert.equal(logins.length, 1);
});

test("a logout ends every copy of the session before it fails", async () => {
  const logouts: unknown[] = [];
  const { parts, party, browser } = handler({ onLogout: (session) => void logouts.push(session) });
  await browser.send(await world.begin(browser));
  const copy = new Request(site, { headers: { cookie: browser.cookieHeader } });
  assert.ok(await party.session(copy));
  parts.gone = true;
  const response = await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  assert.equal(response.status, 500);
  assert.equal(logouts.length, 1);
  assert.equal(await party.session(copy), undefined);
  assert.deepEqual(browser.named("honnin-session"), []);
});

/** A handler without the code that answers errors. */
function handlerWithoutAnswers(overrides: Partial<RelyingPartyOptions>) {
  const refusals = async () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  };
  return new Browser(createHandler(world.options(overrides), { ...given, refusals }, undefined));
}

test("without the code that answers errors, onError and the event learn of the error", async () => {
  const told: [HonninError, ErrorAnswer][] = [];
  const events: RelyingPartyEvent[] = [];
  const browser = handlerWithoutAnswers({
    handoff: true,
    store: memoryStore(),
    onError: (error, _, answer) => void told.push([error, answer]),
    onEvent: (event) => void events.push(event),
  });
  const back = await world.begin(browser, "?return_to=/account&lang=en");
  back.searchParams.delete("code");
  assert.equal((await browser.send(back)).status, 500);
  assert.equal((await browser.send(`${site}/auth/handoff/phone`)).status, 500);
  const [[error, answer] = assert.fail(), [, ofPhone] = assert.fail()] = told;
  assert.equal(error.code, "internal-error");
  assert.match(error.message, /^A file of honnin, which answers authorization-response-malformed, could not/);
  assert.equal((error.cause as Error).name, "TypeError");
  const { requestId, ...rest } = answer;
  assert.deepEqual(rest, {
    status: 500,
    language: "en",
    loginPath: "/auth/login",
    signing: false,
    handoff: false,
  });
  assert.equal(ofPhone.handoff, true);
  assert.deepEqual(
    events.flatMap((event) => (event.name === "request" ? [[event.status, event.code]] : [])),
    [
      [303, undefined],
      [500, "authorization-response-malformed"],
      [500, "handoff-not-found"],
    ],
  );
  assert.ok(events.some((event) => event.name === "request" && event.requestId === requestId));
});

test("without the code that answers errors and without onError, the console learns of each code once", async (t) => {
  const written = t.mock.method(console, "error", () => undefined);
  const codes = () =>
    written.mock.calls.map(({ arguments: [text] }) =>
      String(text).replace(
        /^honnin: internal-error: .* which answers ([a-z-]+), could not be loaded.*$/,
        "$1",
      ),
    );
  const browser = handlerWithoutAnswers({});
  for (const name of ["a", "b", "callback", "callback?x=1", "c"])
    assert.equal((await browser.send(`${site}/auth/${name}`)).status, 500);
  assert.deepEqual(codes(), ["route-not-found", "authorization-response-malformed"]);
  await handlerWithoutAnswers({ logErrors: false }).send(`${site}/auth/a`);
  assert.equal(written.mock.callCount(), 2);
});

test("an error that can be answered again is written as always", async (t) => {
  const written = t.mock.method(console, "error", () => undefined);
  let missing = true;
  const refusals: typeof given.refusals = async () => {
    if (missing) throw new TypeError("Failed to fetch dynamically imported module");
    return given.refusals();
  };
  const onLogin = () => {
    throw new TypeError("a bug of the site");
  };
  const browser = new Browser(createHandler(world.options({ onLogin }), { ...given, refusals }, undefined));
  for (const isMissing of [true, false]) {
    missing = isMissing;
    assert.equal((await browser.send(await world.begin(browser))).status, 500);
  }
  assert.equal(written.mock.callCount(), 2);
  assert.match(String(written.mock.calls[1]?.arguments[0]), /The cause is a TypeError/);
});
