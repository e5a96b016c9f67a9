// The phone's way to a signature, on one device and on two.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { type TestContext, test } from "node:test";
import { SIGN_PIN_TRIES, WRONG_SIGN_PIN } from "../src/attempts.js";
import { Cards } from "../src/signing/cards.js";
import {
  authorizationError,
  fetchResult,
  open,
  outcome,
  sha256,
  signingClient,
  start,
  verifies,
  withPrefix,
} from "./signing-support.js";
import { attribute, Browser, emulator, RelyingParty } from "./support.js";

let time = Date.now();
const shop = signingClient("signShop");
const op = await emulator({ clients: [shop], now: () => time });
const party = await RelyingParty.of(op, shop);
const document = Buffer.from("a contract");
const data = withPrefix("sha256", sha256(document));
const hashHex = sha256(document).toString("hex");
const iphone = { "user-agent": "iPhone Mobile" };

const stateOf = (page: string) => attribute(page, "data-state");

interface Begun {
  readonly id: string;
  readonly browser: Browser;
  readonly path: string;
  readonly page: string;
  readonly request: Awaited<ReturnType<RelyingParty["authorizationRequest"]>>;
}

async function begin(
  { id, scope = "openid sign" }: { id?: string; scope?: string } = {},
  headers: Record<string, string> = { "accept-language": "ja", ...iphone },
): Promise<Begun> {
  const transaction = id ?? (await start(party, data));
  const request = await party.authorizationRequest({ scope, sign_transaction_id: transaction });
  const browser = new Browser(op.origin, headers);
  const { url, response } = await browser.get(request.url.href);
  return { id: transaction, browser, path: url.pathname, page: await response.text(), request };
}

/** A phone on its pages. */
class Phone {
  readonly browser: Browser;
  readonly path: string;

  constructor(browser: Browser, path: string) {
    this.browser = browser;
    this.path = path;
  }

  static async here({ browser, path }: Begun): Promise<Phone> {
    return new Phone(browser, (await browser.post(`${path}/open`)).url.pathname);
  }

  async post(step: string, form: Record<string, string> = {}): Promise<string> {
    return (await this.browser.post(`${this.path}/${step}`, form)).response.text();
  }

  /** はじめる, and the PINs. Gives the page to hold the card on. */
  async unlock(basic = false): Promise<string> {
    await this.post("start");
    let page = await this.post("pin", { pin: "1234" });
    if (basic) page = await this.post("same-pin");
    assert.equal(stateOf(page), "sign-pin");
    return this.post("sign-pin", { "sign-pin": "abc123" });
  }
}

/** The tokens for a callback. */
async function tokenOf({ request }: Begun, callback: URL): Promise<string> {
  const tokens = await party.tokens(await party.exchange(callback, request), request.nonce);
  return tokens.access_token;
}

const back = async ({ browser, path }: Begun) => (await browser.get(`${path}/continue`)).url;

test("one device: PIN, signing PIN, card, consent, and the signature", async () => {
  const begun = await begin();
  const phone = await Phone.here(begun);
  await phone.post("start");
  const pin = await phone.post("pin", { pin: "1234" });
  assert.equal(stateOf(pin), "sign-pin");
  assert.match(pin, /<h1>署名用電子証明書の暗証番号<\/h1>/);
  assert.match(pin, /<input class="capitals" id="sign-pin" name="sign-pin" [^>]*autocapitalize="characters"/);
  assert.match(pin, /data-testid="submit-sign-pin"/);
  const card = await phone.post("sign-pin", { "sign-pin": "ａｂｃ１２３" });
  assert.equal(stateOf(card), "card");
  const consent = await phone.post("card", { person: "unknown-month", card: "normal" });
  assert.equal(stateOf(consent), "consent");
  assert.match(consent, /文書に電子署名をしますか/);
  assert.match(consent, /「架空ショップ」の文書に、このカードで電子署名をします。/);
  assert.match(consent, new RegExp(`<code data-hash="${hashHex.slice(0, 16)}">`));
  assert.ok(consent.includes(hashHex.slice(0, 16).replace(/.{4}(?!$)/g, "$& ")));
  assert.match(consent, /SHA-256/);
  assert.match(consent, /data-item="sign"/);
  const done = await phone.post("consent", { answer: "allow" });
  assert.match(done, /電子署名が終わりました/);
  assert.match(done, /data-testid="return"/);
  const token = await tokenOf(begun, await back(begun));
  assert.equal(verifies("sha256", document, await open(shop, await fetchResult(op, begun.id, token))), true);
});

test("two devices: the same on the phone, and the computer goes on by itself", async () => {
  const begun = await begin({ scope: "openid name sign" }, { "accept-language": "en" });
  assert.match(begun.page, /asks you to sign a document/);
  const phone = new Browser(op.origin, { "accept-language": "en" });
  const opened = await phone.get(/href="([^"]*\/app\/[\w-]+)"/.exec(begun.page)?.[1] ?? "");
  const number = attribute(await opened.response.text(), "data-number") ?? "";
  await begun.browser.post(`${begun.path}/number`, { number });
  const app = new Phone(phone, opened.url.pathname);
  assert.equal(stateOf(await app.unlock(true)), "card");
  const consent = await app.post("card", { person: "ordinary", card: "next-card" });
  assert.match(consent, /Sign this document\?/);
  assert.match(consent, /Your card is about to sign a document from “架空ショップ”/);
  assert.match(consent, /data-item="name"/);
  assert.match(await app.post("consent", { answer: "allow" }), /data-testid="return-to-computer"/);
  const status = await (await begun.browser.request(`${begun.path}/status`)).json();
  const { next = "" } = status as { next?: string };
  const token = await tokenOf(begun, (await begun.browser.get(next)).url);
  const { certificate } = await open(shop, await fetchResult(op, begun.id, token));
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, "secp384r1");
});

for (const [language, malformed, wrong, last] of [
  ["ja", "英数字6〜16文字で入力", "あと4回間違えると", "あと1回間違えると"],
  [
    "en",
    "Enter 6 to 16 letters and digits",
    "4 more wrong attempts lock it",
    "1 more wrong attempt locks it",
  ],
] as const) {
  test(`the signing PIN in ${language}: malformed ones cost nothing, five wrong ones lock it`, async () => {
    const begun = await begin({}, { "accept-language": language, ...iphone });
    const phone = await Phone.here(begun);
    await phone.post("start");
    await phone.post("pin", { pin: "1234" });
    for (const pin of ["", "abc12", "a".repeat(17), "abc-123", "暗証番号を入力", "x".repeat(5000)]) {
      const { response } = await phone.browser.post(`${phone.path}/sign-pin`, { "sign-pin": pin });
      assert.equal(response.status, 422, pin.slice(0, 20));
      assert.ok((await response.text()).includes(malformed));
    }
    assert.ok((await phone.post("sign-pin", { "sign-pin": WRONG_SIGN_PIN })).includes(wrong));
    for (let tries = 2; tries < SIGN_PIN_TRIES - 1; tries += 1)
      await phone.post("sign-pin", { "sign-pin": WRONG_SIGN_PIN });
    const page = await phone.post("sign-pin", { "sign-pin": WRONG_SIGN_PIN });
    assert.ok(page.includes(last));
    assert.match(page, /aria-invalid="true"/);
    const locked = await phone.post("sign-pin", { "sign-pin": WRONG_SIGN_PIN });
    assert.match(locked, /data-failure="sign-pin-locked"/);
    assert.match(await phone.post("sign-pin", { "sign-pin": "abc123" }), /data-failure="sign-pin-locked"/);
    const callback = await back(begun);
    assert.equal(callback.searchParams.get("error"), "pin_locked");
    assert.equal(callback.searchParams.get("state"), begun.request.state);
  });
}

test("the computer is told too that the PIN is locked, and does not go on by itself", async () => {
  const begun = await begin({}, { "accept-language": "ja" });
  const phone = new Browser(op.origin);
  const opened = await phone.get(/href="([^"]*\/app\/[\w-]+)"/.exec(begun.page)?.[1] ?? "");
  const number = attribute(await opened.response.text(), "data-number") ?? "";
  await begun.browser.post(`${begun.path}/number`, { number });
  const app = new Phone(phone, opened.url.pathname);
  await app.post("start");
  await app.post("pin", { pin: "1234" });
  for (let tries = 0; tries < SIGN_PIN_TRIES; tries += 1)
    await app.post("sign-pin", { "sign-pin": WRONG_SIGN_PIN });
  const page = await (await begun.browser.get(begun.path)).response.text();
  assert.equal(attribute(page, "data-failure"), "sign-pin-locked");
  assert.match(page, /電子署名を完了できませんでした/);
  const status = await (await begun.browser.request(`${begun.path}/status`)).json();
  assert.deepEqual(status, { state: "finished" });
});

test("the wrong 4-digit PIN says nothing of the signing PIN, and the other way round", async () => {
  const phone = await Phone.here(await begin());
  await phone.post("start");
  assert.equal(stateOf(await phone.post("sign-pin", { "sign-pin": "abc123" })), "pin");
  await phone.post("pin", { pin: "0000" });
  assert.equal(stateOf(await phone.post("pin", { pin: "1234" })), "sign-pin");
  assert.equal(stateOf(await phone.post("pin", { pin: "1234" })), "sign-pin");
  assert.equal(stateOf(await phone.post("same-pin")), "sign-pin");
});

test("the cards: four kinds, the ordinary one first; only people who can sign", async () => {
  const phone = await Phone.here(await begin());
  const page = await phone.unlock();
  const kinds = [...page.matchAll(/name="card" value="([^"]+)"( checked)?/g)].map(([, kind, checked]) => [
    kind,
    checked !== undefined,
  ]);
  assert.deepEqual(kinds, [
    ["normal", true],
    ["next-card", false],
    ["revoked", false],
    ["unknown-policy", false],
  ]);
  assert.match(page, /value="markup"/);
  assert.doesNotMatch(page, /value="no-basic-items"/);
  assert.equal(stateOf(await phone.post("card", { person: "no-basic-items", card: "normal" })), "card");
  assert.equal(stateOf(await phone.post("card", { person: "ordinary", card: "gold" })), "card");
  assert.equal(stateOf(await phone.post("card", { person: "ordinary" })), "consent");
});

test("without the scope sign there is neither a signing PIN nor a kind of card", async () => {
  const { url } = await party.authorizationRequest({ scope: "openid" });
  const browser = new Browser(op.origin, iphone);
  const { pathname } = (await browser.get(url.href)).url;
  const phone = new Phone(browser, (await browser.post(`${pathname}/open`)).url.pathname);
  await phone.post("start");
  const page = await phone.post("pin", { pin: "1234" });
  assert.equal(stateOf(page), "card");
  assert.doesNotMatch(page, /name="card"/);
  assert.match(page, /value="no-basic-items"/);
  assert.doesNotMatch(
    await phone.post("card", { person: "ordinary", card: "revoked" }),
    /data-signing|data-hash/,
  );
});

test("cancelled at consent: nothing is signed, and the transaction can be resumed", async () => {
  const begun = await begin();
  const phone = await Phone.here(begun);
  await phone.unlock();
  await phone.post("card", { person: "ordinary", card: "normal" });
  await phone.post("consent", { answer: "cancel" });
  assert.equal((await back(begun)).searchParams.get("error"), "access_denied");

  const again = await begin({ id: begun.id });
  const second = await Phone.here(again);
  await second.unlock();
  await second.post("card", { person: "ordinary", card: "normal" });
  await second.post("consent", { answer: "allow" });
  const token = await tokenOf(again, await back(again));
  await open(shop, await fetchResult(op, begun.id, token));
});

/** Holds every card up while it signs: says `reached` then, and goes on at `go`. */
function slowCards(context: TestContext): EventEmitter {
  const gate = new EventEmitter();
  const { sign } = Cards.prototype;
  context.mock.method(Cards.prototype, "sign", async function (this: Cards, ...all: Parameters<typeof sign>) {
    const go = once(gate, "go");
    gate.emit("reached");
    await go;
    return sign.apply(this, all);
  });
  return gate;
}

test("中止 while the card signs comes too late, on the phone and where the request came from", async (context) => {
  const gate = slowCards(context);
  const begun = await begin();
  const phone = await Phone.here(begun);
  await phone.unlock();
  await phone.post("card", { person: "ordinary", card: "normal" });
  const reached = once(gate, "reached");
  const allowed = phone.post("consent", { answer: "allow" });
  await reached;
  for (const page of [
    await phone.post("cancel"),
    await phone.post("consent", { answer: "cancel" }),
    await phone.post("consent", { answer: "allow" }),
    await (await begun.browser.post(`${begun.path}/cancel`)).response.text(),
  ]) {
    assert.equal(stateOf(page), "signing");
    assert.match(page, /<h1>電子署名をしています<\/h1>/);
    assert.doesNotMatch(page, /data-testid="(allow|cancel)"/);
  }
  gate.emit("go");
  assert.match(await allowed, /電子署名が終わりました/);
  const token = await tokenOf(begun, await back(begun));
  assert.equal(verifies("sha256", document, await open(shop, await fetchResult(op, begun.id, token))), true);
});

test("not signed before consent: the result is pending until then", async () => {
  const first = await begin();
  const phone = await Phone.here(first);
  await phone.unlock();
  await phone.post("card", { person: "ordinary", card: "normal" });
  await phone.post("consent", { answer: "allow" });
  const token = await tokenOf(first, await back(first));

  const second = await begin();
  const other = await Phone.here(second);
  await other.unlock();
  await other.post("card", { person: "ordinary", card: "normal" });
  assert.deepEqual(await outcome(await fetchResult(op, second.id, token)), [202, "pending"]);
  await other.post("consent", { answer: "allow" });
  await open(shop, await fetchResult(op, second.id, token));
});

for (const [language, own, foreign, done] of [
  [
    "ja",
    "この文書への電子署名は、すでに済んでいます。",
    "この文書には、すでに別の人が電子署名をしています。",
    "今回は何も署名していません。",
  ],
  [
    "en",
    "This document is already signed.",
    "Another person has already signed this document.",
    "nothing was signed this time.",
  ],
] as const) {
  test(`signed before, in ${language}: nothing is signed anew, and the pages say so`, async () => {
    const headers = { "accept-language": language, ...iphone };
    const walk = async (id: string | undefined, person: string, card: string) => {
      const begun = await begin(id === undefined ? {} : { id }, headers);
      const phone = await Phone.here(begun);
      await phone.unlock();
      const consent = await phone.post("card", { person, card });
      const end = await phone.post("consent", { answer: "allow" });
      return { id: begun.id, consent, end, token: await tokenOf(begun, await back(begun)) };
    };
    const first = await walk(undefined, "ordinary", "normal");
    assert.match(first.consent, / data-signing>/);
    assert.ok(!first.consent.includes(own) && !first.end.includes(done));

    const other = await walk(first.id, "ordinary-woman", "normal");
    const again = await walk(first.id, "ordinary", "next-card");
    for (const [{ consent, end }, text, handedOut] of [
      [other, foreign, false],
      [again, own, true],
    ] as const) {
      assert.ok(consent.includes(text));
      assert.ok(
        consent.includes(
          language === "ja" ? "情報の提供に同意しますか" : "Do you consent to provide this information?",
        ),
      );
      assert.doesNotMatch(consent, /data-signing|電子署名をします。|about to sign/);
      assert.match(consent, new RegExp(`data-hash="${hashHex.slice(0, 16)}"`));
      assert.equal(consent.includes('data-item="sign"'), handedOut);
      assert.ok(end.includes(done));
      assert.doesNotMatch(end, /電子署名が終わりました|You have signed/);
    }
    assert.deepEqual(await outcome(await fetchResult(op, first.id, other.token)), [403, "wrong_user"]);
    const { certificate } = await open(shop, await fetchResult(op, first.id, again.token));
    assert.equal(certificate.publicKey.asymmetricKeyType, "rsa");
  });
}

test("the time runs out on the phone: transaction_expired, and nothing is signed", async () => {
  const begun = await begin();
  const phone = await Phone.here(begun);
  await phone.unlock();
  await phone.post("card", { person: "ordinary", card: "normal" });
  time += 600_000;
  const page = await phone.post("consent", { answer: "allow" });
  assert.match(page, /data-failure="sign-transaction-expired"/);
  assert.match(page, /署名できる時間を過ぎました/);
  assert.equal((await back(begun)).searchParams.get("error"), "transaction_expired");
  assert.equal(await authorizationError(party, begun.id), "transaction_expired");
});
