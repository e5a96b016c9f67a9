import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import { NUMBER_TRIES, PIN_TRIES, TICKET_SECONDS, WRONG_PIN } from "../src/attempts.js";
import { pairwiseSubject } from "../src/index.js";
import { attribute, Browser, emulator, newClient, RelyingParty } from "./support.js";

let time = Date.now();
const shop = newClient();
const op = await emulator({ clients: [shop], now: () => time });
const party = await RelyingParty.of(op, shop);

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

async function begin(changes: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const request = await party.authorizationRequest(changes);
  const browser = new Browser(op.origin, { "accept-language": "ja", ...headers });
  const { url, response } = await browser.get(request.url.href);
  const path = url.pathname;
  return { ...request, browser, path, page: await response.text() };
}

const ticketOf = (page: string) => /href="([^"]*\/app\/[\w-]+)"/.exec(page)?.[1] ?? "";
const stateOf = (page: string) => attribute(page, "data-state");

/** A phone of its own opens the QR code. */
async function scan(page: string) {
  const phone = new Browser(op.origin);
  const { url, response } = await phone.get(ticketOf(page));
  const text = await response.text();
  return { phone, path: url.pathname, response, page: text, number: attribute(text, "data-number") ?? "" };
}

async function pageOf({ response }: { response: Response }): Promise<string> {
  return response.text();
}

async function status(browser: Browser, path: string): Promise<{ state: string; next?: string }> {
  return (await (await browser.request(`${path}/status`)).json()) as { state: string; next?: string };
}

/** はじめる to 許可. */
async function walk(
  phone: Browser,
  path: string,
  { basic = true, person = "ordinary" } = {},
): Promise<string> {
  assert.equal(stateOf(await pageOf(await phone.get(path))), "start");
  assert.equal(stateOf(await pageOf(await phone.post(`${path}/start`))), "pin");
  const next = stateOf(await pageOf(await phone.post(`${path}/pin`, { pin: "1234" })));
  assert.equal(next, basic ? "basic-pin" : "card");
  if (basic) assert.equal(stateOf(await pageOf(await phone.post(`${path}/same-pin`))), "card");
  const consent = await pageOf(await phone.post(`${path}/card`, { person }));
  assert.equal(stateOf(consent), "consent");
  const done = await pageOf(await phone.post(`${path}/consent`, { answer: "allow" }));
  assert.equal(stateOf(done), "finished");
  return consent;
}

const wrongNumber = (number: string) => String((Number(number) + 1) % 1_000_000).padStart(6, "0");

test("PC: QR code, number, phone, callback", async () => {
  const { browser, path, page, codeVerifier, state, nonce } = await begin();
  assert.equal(stateOf(page), "waiting");
  assert.match(page, /<svg/);
  assert.deepEqual(await status(browser, path), { state: "waiting" });

  const { phone, path: phonePath, number } = await scan(page);
  assert.match(number, /^\d{6}$/);
  assert.deepEqual(await status(browser, path), { state: "number" });
  assert.deepEqual(await status(phone, phonePath), { state: "number" });
  assert.equal((await pageOf(await browser.get(path))).includes(number), false);

  const typed = `${number.slice(0, 3)} ${number.slice(3)}`.replace(/\d/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
  );
  assert.equal(stateOf(await pageOf(await browser.post(`${path}/number`, { number: typed }))), "accepted");
  assert.deepEqual(await status(phone, phonePath), { state: "start" });
  await walk(phone, phonePath, { person: "unknown-day" });
  assert.match(await pageOf(await phone.get(phonePath)), /data-testid="return-to-computer"/);

  const { state: ended, next = "" } = await status(browser, path);
  assert.equal(ended, "finished");
  const { url: callback } = await browser.get(next);
  const tokens = await party.tokens(await party.exchange(callback, { codeVerifier, state }), nonce);
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, pairwiseSubject(shop.clientId, "unknown-day"));

  assert.equal((await browser.request(path)).status, 404);
});

test("phone: one tap opens the app, no number, and a link back", async () => {
  const { browser, path, page, codeVerifier, state, nonce } = await begin({}, { "user-agent": iphone });
  assert.equal(stateOf(page), "open-app");
  const { url } = await browser.post(`${path}/open`);
  assert.match(url.pathname, /^\/phone\//);
  const consent = await walk(browser, url.pathname);
  assert.match(consent, /架空ショップ/);
  for (const item of ["name", "address", "birthdate", "gender"]) {
    assert.match(consent, new RegExp(`data-item="${item}"`));
  }
  const done = await pageOf(await browser.get(url.pathname));
  assert.equal(attribute(done, "data-seconds"), "10");
  const { url: callback } = await browser.get(
    /data-testid="return"[^>]*href="([^"]+)"/.exec(done)?.[1] ?? "",
  );
  const tokens = await party.tokens(await party.exchange(callback, { codeVerifier, state }), nonce);
  assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.sub, pairwiseSubject(shop.clientId, "ordinary"));
});

test("the guess what a phone is can be overruled both ways", async () => {
  const onPhone = await begin({}, { "user-agent": iphone });
  assert.equal(
    stateOf(await pageOf(await onPhone.browser.get(`${onPhone.path}?device=computer`))),
    "waiting",
  );
  const onPc = await begin();
  assert.equal(stateOf(await pageOf(await onPc.browser.get(`${onPc.path}?device=phone`))), "open-app");
  const hinted = await begin({}, { "sec-ch-ua-mobile": "?1" });
  assert.equal(stateOf(hinted.page), "open-app");
});

test("without basic items there is no second PIN, and consent names none", async () => {
  const { browser, path } = await begin({ scope: "openid" }, { "user-agent": iphone });
  const { url } = await browser.post(`${path}/open`);
  const consent = await walk(browser, url.pathname, { basic: false });
  assert.doesNotMatch(consent, /data-item|<dl/);
});

test("the QR code lapses and can be renewed", async () => {
  const { browser, path, page } = await begin();
  time += TICKET_SECONDS * 1000;
  const late = await scan(page);
  assert.equal(late.response.status, 404);
  assert.match(late.page, /data-error="qr-expired"/);
  assert.deepEqual(await status(browser, path), { state: "lapsed" });
  const lapsed = await pageOf(await browser.get(path));
  assert.equal(stateOf(lapsed), "lapsed");
  assert.doesNotMatch(lapsed, /<svg/);

  const renewed = await pageOf(await browser.post(`${path}/renew`));
  assert.equal(stateOf(renewed), "waiting");
  assert.notEqual(ticketOf(renewed), ticketOf(page));
  assert.equal((await scan(page)).response.status, 404);
  assert.match((await scan(renewed)).number, /^\d{6}$/);
});

test("a renewed QR code ends the old one, though it had time left", async () => {
  const { browser, path, page } = await begin();
  await browser.post(`${path}/renew`);
  assert.equal((await scan(page)).response.status, 404);
});

test("a QR code opens one phone only, and HEAD opens none", async () => {
  const { page } = await begin();
  const preview = await fetch(ticketOf(page), { method: "HEAD", redirect: "manual" });
  assert.deepEqual([preview.status, preview.headers.get("allow")], [405, "GET"]);
  const first = await scan(page);
  assert.equal(first.response.status, 200);
  assert.equal((await scan(page)).response.status, 404);
  const stranger = await new Browser(op.origin).request(first.path);
  assert.equal(stranger.status, 404);
});

test("a phone opened by QR code cannot go on before the number is typed", async () => {
  const { page } = await begin();
  const { phone, path } = await scan(page);
  for (const [step, form] of [
    ["start", {}],
    ["pin", { pin: "1234" }],
    ["card", { person: "ordinary" }],
    ["consent", { answer: "allow" }],
  ] as const) {
    assert.equal(stateOf(await pageOf(await phone.post(`${path}/${step}`, { ...form }))), "number");
  }
});

test("wrong numbers: three tries, then the attempt is over", async () => {
  const { browser, path, page, state } = await begin();
  const early = await browser.post(`${path}/number`, { number: "123456" });
  assert.equal(early.response.status, 422);
  assert.match(await pageOf(early), /<input [^>]*id="number"[^>]* aria-invalid="true" autofocus>/);

  const { phone, path: phonePath, number } = await scan(page);
  for (const malformed of ["", "12345", "1234567", "abcdef", "x".repeat(5000)]) {
    assert.equal((await browser.post(`${path}/number`, { number: malformed })).response.status, 422);
  }
  for (let left = NUMBER_TRIES - 1; left > 0; left -= 1) {
    const answer = await browser.post(`${path}/number`, { number: wrongNumber(number) });
    assert.equal(answer.response.status, 422);
    assert.match(await pageOf(answer), new RegExp(`あと${left}回`));
  }
  const over = await pageOf(await browser.post(`${path}/number`, { number: wrongNumber(number) }));
  assert.equal(attribute(over, "data-failure"), "number-mismatch");
  const late = await pageOf(await browser.post(`${path}/number`, { number }));
  assert.equal(attribute(late, "data-failure"), "number-mismatch");
  assert.match(await pageOf(await phone.get(phonePath)), /data-failure="number-mismatch"/);
  assert.equal("next" in (await status(browser, path)), false);

  const { url: callback } = await browser.get(`${path}/continue`);
  assert.equal(callback.searchParams.get("error"), "access_denied");
  assert.equal(callback.searchParams.get("state"), state);
});

test("wrong PINs: three in a row lock the card", async () => {
  const { browser, path } = await begin({}, { "user-agent": iphone });
  const { url } = await browser.post(`${path}/open`);
  const phone = url.pathname;
  await browser.post(`${phone}/start`);
  assert.equal((await browser.post(`${phone}/pin`, { pin: "12" })).response.status, 422);
  for (let tries = 1; tries < PIN_TRIES; tries += 1) {
    const wrong = await browser.post(`${phone}/pin`, { pin: WRONG_PIN });
    assert.equal(wrong.response.status, 422);
    assert.match(await pageOf(wrong), /role="alert"/);
  }
  const locked = await pageOf(await browser.post(`${phone}/pin`, { pin: WRONG_PIN }));
  assert.match(locked, /data-failure="pin-locked"/);
  assert.match(
    await pageOf(await browser.post(`${phone}/pin`, { pin: "1234" })),
    /data-failure="pin-locked"/,
  );
  const { url: callback } = await browser.get(`${path}/continue`);
  assert.equal(callback.searchParams.get("error"), "access_denied");
});

test("a right PIN in between gives all the tries back", async () => {
  const { browser, path } = await begin({}, { "user-agent": iphone });
  const { url } = await browser.post(`${path}/open`);
  await browser.post(`${url.pathname}/start`);
  for (const pin of [WRONG_PIN, WRONG_PIN, "1111", WRONG_PIN, WRONG_PIN]) {
    await browser.post(`${url.pathname}/pin`, { pin });
  }
  assert.equal(stateOf(await pageOf(await browser.post(`${url.pathname}/pin`, { pin: "2222" }))), "card");
});

test("中止 on the phone, at consent, and on the PC: access_denied", async () => {
  const direct = await begin({}, { "user-agent": iphone });
  const { url } = await direct.browser.post(`${direct.path}/open`);
  assert.match(await pageOf(await direct.browser.post(`${url.pathname}/cancel`)), /data-failure="cancelled"/);
  const { url: first } = await direct.browser.get(`${direct.path}/continue`);
  assert.equal(first.searchParams.get("error"), "access_denied");

  const cross = await begin();
  const { phone, path: phonePath, number } = await scan(cross.page);
  await cross.browser.post(`${cross.path}/number`, { number });
  for (const [step, form] of [
    ["start", {}],
    ["pin", { pin: "1234" }],
    ["same-pin", {}],
    ["card", { person: "ordinary" }],
    ["consent", { answer: "cancel" }],
  ] as const) {
    await phone.post(`${phonePath}/${step}`, { ...form });
  }
  const { next = "" } = await status(cross.browser, cross.path);
  assert.equal((await cross.browser.get(next)).url.searchParams.get("error"), "access_denied");

  const onPc = await begin();
  const { url: last } = await onPc.browser.post(`${onPc.path}/cancel`);
  assert.equal(last.searchParams.get("error"), "access_denied");
  assert.equal(last.searchParams.get("state"), onPc.state);
});

test("a finished attempt stays as it ended", async () => {
  const { browser, path } = await begin({}, { "user-agent": iphone });
  const { url } = await browser.post(`${path}/open`);
  await browser.post(`${url.pathname}/cancel`);
  for (const step of ["start", "pin", "same-pin", "card", "consent"]) {
    const page = await pageOf(
      await browser.post(`${url.pathname}/${step}`, { pin: "1234", person: "ordinary", answer: "allow" }),
    );
    assert.match(page, /data-failure="cancelled"/);
  }
});

test("continue before the end leads back to the page", async () => {
  const { browser, path } = await begin();
  assert.equal((await browser.get(`${path}/continue`)).url.pathname, path);
});

test("an unknown card is not held", async () => {
  const { browser, path } = await begin({ scope: "openid" }, { "user-agent": iphone });
  const { url } = await browser.post(`${path}/open`);
  await browser.post(`${url.pathname}/start`);
  await browser.post(`${url.pathname}/pin`, { pin: "1234" });
  assert.equal(
    stateOf(await pageOf(await browser.post(`${url.pathname}/card`, { person: "nobody" }))),
    "card",
  );
});

test("an attempt lapses after a quarter of an hour, on both devices", async () => {
  const { browser, path, page } = await begin();
  const { phone, path: phonePath } = await scan(page);
  time += 15 * 60 * 1000;
  assert.match(await pageOf(await browser.get(path)), /data-error="expired"/);
  assert.match(await pageOf(await phone.get(phonePath)), /data-error="expired"/);
});

test("mode test-card goes to the test cards at once; app mode has a link to them", async () => {
  const { page, path } = await begin();
  assert.ok(page.includes(`href="${path}/test-card"`));
  op.setMode("test-card");
  const direct = await begin();
  assert.match(direct.path, /\/test-card$/);
  op.setMode("app");
});
