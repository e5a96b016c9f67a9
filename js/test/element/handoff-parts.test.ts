// What the element reads: states, answers, numbers, attributes, ways out of an app.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSitePath, loginUrl, readScopes } from "../../src/element/attributes.js";
import { readAnswer, readRefusal, readStarted } from "../../src/element/handoff/answer.js";
import { isNumber, readNumber } from "../../src/element/handoff/number.js";
import { isFinal, mayFollow } from "../../src/element/handoff/states.js";
import { pollDelay } from "../../src/element/handoff/watch.js";
import type { HandoffState } from "../../src/element/types.js";
import { browserLink } from "../../src/launch/browser-link.js";

const way: HandoffState[] = ["waiting", "scanned", "numbered", "authorizing", "done", "claimed"];
const ends: HandoffState[] = ["lapsed", "cancelled", "refused", "failed"];

test("states move forward, to themselves, or to an end, and an end stays", () => {
  for (const [at, from] of way.entries()) {
    for (const [to, state] of way.entries())
      assert.equal(mayFollow(from, state), from !== "claimed" && to >= at, `${from} → ${state}`);
    for (const end of ends) {
      assert.equal(mayFollow(from, end), from !== "claimed", `${from} → ${end}`);
      assert.equal(mayFollow(end, from), false, `${end} → ${from}`);
    }
  }
  assert.deepEqual([...way, ...ends].filter(isFinal), ["claimed", ...ends]);
});

test("an answer is read member by member, and anything else is none", () => {
  assert.deepEqual(readAnswer({ state: "scanned", expiresIn: 12.5, triesLeft: 2, code: "a-1", more: 1 }), {
    state: "scanned",
    expiresIn: 12.5,
    triesLeft: 2,
    code: "a-1",
  });
  assert.deepEqual(readAnswer({ state: "waiting", expiresIn: 0, code: "<b>", triesLeft: -1 }), {
    state: "waiting",
    expiresIn: 0,
  });
  for (const value of [
    undefined,
    null,
    "waiting",
    [],
    {},
    { state: "idle", expiresIn: 1 },
    { state: "waiting" },
    { state: "waiting", expiresIn: "300" },
    { state: "waiting", expiresIn: -1 },
    { state: "waiting", expiresIn: Number.NaN },
    { state: "waiting", expiresIn: 1e9 },
  ])
    assert.equal(readAnswer(value), undefined, JSON.stringify(value));
});

test("a started handoff has an https URL, or http on loopback", () => {
  const url = "https://shop.example/auth/handoff/open?ticket=1";
  assert.deepEqual(readStarted({ url, expiresIn: 300 }), { url, expiresIn: 300 });
  assert.equal(readStarted({ url: "http://127.0.0.1:1/x", expiresIn: 1 })?.expiresIn, 1);
  for (const bad of ["http://shop.example/", "javascript:alert(1)", "/auth", "", 1, undefined])
    assert.equal(readStarted({ url: bad, expiresIn: 300 }), undefined, String(bad));
  assert.equal(readStarted({ url }), undefined);
});

test("a refusal has a code, and perhaps the number of tries", () => {
  assert.deepEqual(readRefusal({ error: "handoff-number-wrong", triesLeft: 1 }), {
    code: "handoff-number-wrong",
    triesLeft: 1,
  });
  assert.deepEqual(readRefusal("<html>"), { code: undefined, triesLeft: undefined });
});

test("numbers as people type and paste them", () => {
  for (const text of [
    "123456",
    "１２３４５６",
    "123 456",
    "１２３　４５６",
    " 123-456\t",
    "123ー456",
    "123−456",
    "12‐34–56",
  ])
    assert.equal(readNumber(text), "123456", text);
  for (const text of ["", "12345", "1234567", "12345a", "１２３４５", "١٢٣٤٥٦", "一二三四五六"])
    assert.equal(isNumber(readNumber(text)), false, text);
});

test("polls are frequent without a stream, rarer after failures, and rare in a hidden tab", () => {
  const delays = [0, 1, 2, 3, 4, 9].map((failures) =>
    pollDelay({ streaming: false, failures, hidden: false }),
  );
  assert.deepEqual(delays, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  assert.equal(pollDelay({ streaming: true, failures: 0, hidden: false }), 30_000);
  assert.equal(pollDelay({ streaming: false, failures: 0, hidden: true }), 15_000);
  assert.equal(pollDelay({ streaming: true, failures: 0, hidden: true }), 30_000);
});

test("paths of this site, and nothing else", () => {
  for (const path of ["/", "/auth/login", "/auth/login?x=%2F", "/a/../b"])
    assert.equal(isSitePath(path), true, path);
  for (const path of [
    "",
    "auth",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "/ a",
    "/\ta",
    "https://evil.example/",
    "javascript:alert(1)",
    "/日本",
  ])
    assert.equal(isSitePath(path), false, path);
});

test("the login's address carries where to return to, the language and the scopes", () => {
  const parameters = { returnTo: "/account?a=1&b", scopes: "name address name", lang: "en" };
  assert.equal(
    loginUrl("/auth/login", parameters),
    "/auth/login?return_to=%2Faccount%3Fa%3D1%26b&lang=en&scope=openid&scope=name&scope=address",
  );
  assert.equal(loginUrl("/in?x=1", { returnTo: "", scopes: "", lang: "ja" }), "/in?x=1&lang=ja");
  assert.deepEqual(readScopes("  openid\n name "), ["openid", "name"]);
});

test("the way from an app to the default browser", () => {
  const url = "https://shop.example/login?next=%2Fa#top";
  const [iphone, android] = ["Mozilla/5.0 (iPhone; …)", "Mozilla/5.0 (Linux; Android 15; …; wv)"];
  for (const userAgent of [iphone, android])
    assert.equal(
      browserLink("LINE", url, userAgent),
      "https://shop.example/login?next=%2Fa&openExternalBrowser=1#top",
    );
  assert.equal(
    browserLink("Instagram", url, android),
    "intent://shop.example/login?next=%2Fa#Intent;scheme=https;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end",
  );
  assert.equal(browserLink("Instagram", url, iphone), undefined);
});
