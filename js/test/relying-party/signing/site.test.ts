// Routes, cookies, options and pages.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import {
  certificateCodes,
  HonninError,
  type HonninErrorCode,
  launchCodes,
  networkCodes,
  relyingPartyCodes,
  runtimeCodes,
  verifierCodes,
} from "../../../src/error.js";
import { classify } from "../../../src/relying-party/errors.js";
import { memoryStore, type RelyingPartyOptions, relyingParty } from "../../../src/relying-party/index.js";
import { errorPage } from "../../../src/relying-party/page/error-page.js";
import { signingTexts } from "../../../src/relying-party/page/signing-texts.js";
import { commonTexts, errorTexts } from "../../../src/relying-party/page/texts.js";
import { codeOf } from "../browser.js";
import { json } from "../op.js";
import { site, startWorld, straighten, type World } from "../setup.js";
import { now, rsaKey, rules } from "./cards.js";
import { form, openSite, type SigningSite, sealRsa, signingOptions } from "./site.js";

let world: World;
before(async () => {
  world = await startWorld();
});
beforeEach(() => {
  straighten(world);
  world.now = now;
  world.provider.seal = sealRsa;
});
after(() => world.provider.stop());

test("routes hang beside the callback, with signing only", async () => {
  assert.deepEqual(openSite(world).paths, {
    login: "/auth/login",
    callback: "/auth/callback",
    logout: "/auth/logout",
    sign: "/auth/sign",
    signResume: "/auth/sign/resume",
  });
  const { party } = world.party();
  const none = await party.fetch(
    new Request(`${site}/auth/sign`, { method: "POST", headers: { origin: site } }),
  );
  assert.equal(await codeOf(none), "route-not-found");
  // A page of that name is a place to return to there.
  assert.equal((await party.fetch(new Request(`${site}/auth/login?return_to=/auth/sign`))).status, 303);
});

test("methods: each route takes its own", async () => {
  const { browser } = openSite(world);
  for (const [path, allow] of [
    ["sign", "POST"],
    ["sign/resume", "GET"],
  ] as const) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE"]) {
      if (method === allow) continue;
      const response = await browser.send(`${site}/auth/${path}`, { method, headers: { origin: site } });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow);
    }
  }
});

test("the cookie has the attributes of the others: __Host- and Secure on https, HttpOnly, SameSite=Lax", async () => {
  for (const [redirectUri, prefix, secure] of [
    [`${site}/auth/callback`, "", false],
    ["https://shop.example/auth/callback", "__Host-", true],
  ] as const) {
    const opened = openSite(world, { transactionLifetime: 300 }, { redirectUri });
    await opened.post();
    const [name = "", ...others] = opened.browser.named("honnin-signature");
    assert.deepEqual(others, []);
    assert.match(name, new RegExp(`^${prefix}honnin-signature-${now.toString(36)}-[0-9a-f]{16}$`));
    const { attributes } = opened.browser.cookies.get(name) ?? assert.fail();
    assert.deepEqual(Object.fromEntries(attributes), {
      path: "/",
      "max-age": "900",
      httponly: "",
      samesite: "Lax",
      ...(secure ? { secure: "" } : {}),
    });
    assert.equal(opened.browser.named("honnin-login").length, 1);
  }
});

test("the cookie without the prefix, or twice, counts for nothing", async () => {
  const opened = openSite(world, {}, { redirectUri: "https://shop.example/auth/callback" });
  await opened.post();
  const [name = ""] = opened.browser.named("honnin-signature");
  const { value } = opened.browser.cookies.get(name) ?? assert.fail();
  for (const cookie of [
    `${name.replace("__Host-", "")}=${value}`,
    `${name}=x; ${name}=${value}`,
    `${name}=${value}; ${name}=x`,
  ]) {
    const response = await opened.browser.party.fetch(
      new Request(`${site}/auth/sign/resume`, { headers: { cookie } }),
    );
    assert.equal(await codeOf(response), "signature-not-found");
  }
});

test("no kind of sealed text passes for another", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  const [login = ""] = opened.browser.named("honnin-login");
  const [pending = ""] = opened.browser.named("honnin-signature");
  const { cookies } = opened.browser;
  const [a, b] = [cookies.get(login)?.value ?? "", cookies.get(pending)?.value ?? ""];
  const [record = ""] = [...opened.store.entries.values()].map(({ value }) => value);
  (cookies.get(pending) ?? assert.fail()).value = a;
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  for (const value of [b, record.slice(0, 3_900), record]) {
    cookies.set(login, { value, attributes: new Map() });
    assert.equal(await codeOf(await opened.browser.send(callback)), "login-cookie-invalid");
  }
});

test("at most four signatures are pending in one browser; ids are 256 random bits and never in an address", async () => {
  const opened = openSite(world);
  for (let index = 0; index < 6; index += 1) {
    const response = await opened.post();
    for (const id of opened.store.entries.keys()) {
      assert.match(id, /^[\w-]{43}$/);
      assert.ok(!(response.headers.get("location") ?? "").includes(id));
      assert.ok(!opened.browser.cookieHeader.includes(id));
    }
  }
  const ids = [...opened.store.entries.keys()];
  assert.equal(new Set(ids).size, 6);
  const hints = ids.map((id) => createHash("sha256").update(id).digest("hex").slice(0, 16));
  const codes = await Promise.all(
    hints.map(async (hint) => codeOf(await opened.resume(`?signature=${hint}`))),
  );
  // Those that were begun last.
  assert.deepEqual(codes, ["signature-not-found", "signature-not-found", ...Array(4).fill(undefined)]);
  // Going on with one of four ends none.
  assert.equal(opened.browser.named("honnin-signature").length, 4);
  const [name = ""] = opened.browser.named("honnin-signature");
  const { value } = opened.browser.cookies.get(name) ?? assert.fail();
  assert.ok((name.length + value.length) * 4 <= 1_024, "four of them leave room for the rest");
});

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

/** Ways in which this browser passes to another session. */
const leaves: [string, Partial<RelyingPartyOptions>, (opened: SigningSite) => Promise<Response>][] = [
  [
    "a logout",
    {},
    ({ browser }) =>
      browser.send(`${site}/auth/logout`, { method: "POST", headers: { "sec-fetch-site": "same-origin" } }),
  ],
  ...(
    [
      ["a login", () => undefined],
      ["a login without a session", () => ({ session: null })],
      ["a login with a session of the site's own", () => new Response("hello")],
    ] as const
  ).map(([name, onLogin]): (typeof leaves)[number] => [
    name,
    { onLogin },
    async ({ browser }) => {
      world.provider.claims = { sub: "the next person" };
      return browser.send(await world.begin(browser));
    },
  ]),
];
for (const [name, options, leave] of leaves) {
  test(`${name} ends the signatures under way: the next person finds none`, async () => {
    const opened = openSite(world, {}, options);
    const other = openSite(world, { store: opened.store });
    await other.post();
    const callback = await opened.begin();
    await opened.post();
    const elsewhere = world.provider.authorize(
      (await opened.resume()).headers.get("location") ?? assert.fail(),
    );
    world.provider.misbehave.result = (_, response) => json(response, 202, {});
    await opened.browser.send(callback);
    world.provider.misbehave = {};
    assert.equal(opened.store.entries.size, 3);
    assert.equal(opened.browser.named("honnin-signature").length, 2);
    assert.ok((await leave(opened)).status < 400);
    assert.deepEqual(opened.browser.named("honnin-signature"), []);
    // That of another browser stays.
    assert.equal(opened.store.entries.size, 1);
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
    assert.equal(await codeOf(await opened.browser.send(elsewhere)), "signature-not-found");
    assert.equal(opened.signings.length, 0);
  });
}

test("a logout or a login that fails ends no signature, and a store that is out no logout", async () => {
  const fails = () => {
    throw new Error("no");
  };
  const opened = openSite(world, {}, { onLogin: fails, onLogout: fails });
  await opened.post();
  await opened.browser.send(await world.begin(opened.browser));
  const logout = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
  assert.equal(await codeOf(await opened.browser.send(`${site}/auth/logout`, logout)), "internal-error");
  assert.equal(opened.store.entries.size, 1);
  assert.equal(opened.browser.named("honnin-signature").length, 1);
  const out = openSite(world);
  await out.post();
  out.store.fail = { delete: true };
  assert.equal((await out.browser.send(`${site}/auth/logout`, logout)).status, 303);
  assert.deepEqual(out.browser.named("honnin-signature"), []);
});

test("resuming is for who chooses to: no link of another site, nothing in advance", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  await opened.browser.send(callback);
  world.provider.misbehave = {};
  const { resultRequests } = world.provider;
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
    assert.equal(await codeOf(response), "cross-site-request-refused", JSON.stringify(headers));
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  assert.equal(world.provider.resultRequests, resultRequests);
  assert.equal((await resumeWith({ "sec-fetch-site": "same-origin" })).status, 303);
  assert.equal(opened.signings.length, 1);
});

test("callback and resumption are handed to the runtime, to be run to their end", async () => {
  const opened = openSite(world);
  const { party } = opened.browser;
  const kept: Promise<unknown>[] = [];
  const context = { waitUntil: (promise: Promise<unknown>) => void kept.push(promise) };
  opened.browser.party.fetch = (
    (fetch) => (request: Request) =>
      fetch(request, context)
  )(party.fetch);
  const callback = await opened.begin();
  await world.begin(opened.browser);
  assert.equal(kept.length, 0);
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  const pending = await opened.browser.send(callback);
  assert.equal(kept.length, 1);
  assert.equal(await kept[0], pending);
  world.provider.misbehave = {};
  const done = await opened.resume();
  assert.equal(kept.length, 2);
  assert.equal(await kept[1], done);
  assert.equal(opened.signings.length, 1);
});

test("what a runtime hands over in the context's place does no harm", async () => {
  const { party } = openSite(world).browser;
  for (const context of [undefined, null, {}, { waitUntil: "x" }]) {
    const response = await party.fetch(new Request(`${site}/auth/sign/resume`), context as never);
    assert.equal(await codeOf(response), "signature-not-found");
  }
});

test("construction does no I/O, uses no randomness and no cryptography", () => {
  const forbidden = () => assert.fail("not while modules load");
  const { getRandomValues } = crypto;
  const realFetch = globalThis.fetch;
  const subtle = Object.getPrototypeOf(crypto.subtle) as SubtleCrypto;
  const { importKey, digest, deriveKey } = subtle;
  const store = { get: forbidden, set: forbidden, delete: forbidden };
  try {
    crypto.getRandomValues = forbidden;
    globalThis.fetch = forbidden;
    Object.assign(subtle, { importKey: forbidden, digest: forbidden, deriveKey: forbidden });
    relyingParty(world.options({ signing: signingOptions({ store }) }));
  } finally {
    crypto.getRandomValues = getRandomValues;
    globalThis.fetch = realFetch;
    Object.assign(subtle, { importKey, digest, deriveKey });
  }
});

const open = { keys: rsaKey.priv, verify: rules() };
const wrong: [string, unknown, HonninErrorCode?][] = [
  ["signing", null],
  ["signing", "x"],
  ["signing.methods", { methods: {} }],
  ["method", { method: undefined }],
  ["form", { method: {} }],
  ["scheme", { method: { form: "bare", scheme: "rsa-pkcs1-sha256" } }],
  ["signing.store", { store: undefined }],
  ["signing.store", { store: { get: async () => undefined } }],
  ["names.data", { names: { data: "" } }],
  ["names.pin", { names: { pin: "x" } }],
  ["names.errors.pin", { names: { errors: { pin: "x" } } }],
  ["names", { names: "x" }],
  ["signing.transactionLifetime", { transactionLifetime: 59 }],
  ["signing.transactionLifetime", { transactionLifetime: 3_601 }],
  ["signing.clientCredentialsScope", { clientCredentialsScope: "" }],
  ["signing.clientCredentialsScope", { clientCredentialsScope: 'a"b' }],
  ["signing.documents", { documents: {} }],
  ["attempts", { attempts: 0 }],
  ["delay", { delay: 61 }],
  ["maxDelay", { maxDelay: "1" }],
  ["signing.wait", { wait: async () => {} }],
  ["signing.onSigned", { onSigned: undefined }],
  ["signing", { open: undefined }],
  ["signing", { open, forward: () => {} }],
  ["signing.forward", { open: undefined, forward: {} }],
  ["signing.open", { open: null }],
  ["signing.open.key", { open: { ...open, key: {} } }],
  ["signing.open.read", { open: { ...open, read: {} } }],
  ["signing.open.verify", { open: { ...open, verify: undefined } }],
  ["signing.open.verify", { open: { ...open, verify: {} } }],
  ["signing.open.verify.now", { open: { ...open, verify: { ...rules(), now: 1 } } }],
  ["algorithms", { open: { ...open, algorithms: ["RSA1_5"] } }],
  ["encryptions", { open: { ...open, encryptions: [] } }],
  ["decryption key", { open: { ...open, keys: rsaKey.pub } }, "decryption-key-invalid"],
  ["decryption key", { open: { ...open, keys: [] } }, "decryption-key-invalid"],
];
for (const [name, signing, code = "options-invalid"] of wrong) {
  test(`${name} that is wrong is refused when the handler is made: ${JSON.stringify(signing)?.slice(0, 60)}`, () => {
    const options =
      typeof signing === "object" && signing !== null ? { ...signingOptions(), ...signing } : signing;
    assert.throws(
      () => relyingParty(world.options({ signing: options } as Partial<RelyingPartyOptions>)),
      (error: HonninError) => {
        assert.equal(error.code, code);
        assert.ok(error.message.includes(name), error.message);
        assert.ok(!error.message.includes(String(rsaKey.priv.d)));
        return true;
      },
    );
  });
}

test("the redirect URI must not be one of the routes, and the endpoint has to be there, with signing only", () => {
  const redirectUri = "https://shop.example/auth/sign";
  assert.throws(() => openSite(world, {}, { redirectUri }), { code: "options-invalid" });
  assert.ok(world.party({ redirectUri }));
  const { signTransactionsEndpoint: _endpoint, ...rest } = world.provider.environment;
  const environment = rest as typeof world.provider.environment;
  assert.throws(() => openSite(world, {}, { environment }), { code: "options-invalid" });
  assert.ok(world.party({ environment }));
});

test("what verify returns for a signature is checked when it is used, and loses nothing", async () => {
  const opened = openSite(world, { open: { keys: rsaKey.priv, verify: () => ({}) as never } });
  const response = await opened.browser.send(await opened.begin());
  assert.equal(await codeOf(response), "options-invalid");
  assert.equal(opened.store.entries.size, 1);
});

const codes = [...verifierCodes, ...runtimeCodes, ...networkCodes, ...launchCodes, ...relyingPartyCodes];

function pageOf(code: HonninErrorCode, language: "ja" | "en", resumePath?: string): Promise<Response> {
  const error = new HonninError(code, "secret-message", { cause: new Error("secret-cause") });
  const [kind, status] = classify(error, "signing");
  return errorPage(code, kind, {
    status,
    language,
    loginPath: "/auth/login",
    signing: true,
    ...(resumePath === undefined ? {} : { resumePath }),
    withBody: true,
  });
}

test("every code has a page for who signs: no word of a login, resume where possible, and the top page", async () => {
  for (const code of codes) {
    for (const language of ["ja", "en"] as const) {
      for (const resumePath of [undefined, "/auth/sign/resume?signature=x"]) {
        const page = await pageOf(code, language, resumePath);
        const html = await page.text();
        assert.ok([400, 403, 404, 405, 500, 502, 503, 504].includes(page.status), code);
        assert.match(html, new RegExp(`<html lang="${language}">`));
        assert.match(html, new RegExp(`<main data-code="${code}">`));
        assert.doesNotMatch(html, /secret-|auth\/login/);
        assert.equal(html.includes('href="/auth/sign/resume?signature=x"'), resumePath !== undefined, code);
        assert.match(html, /<a href="\/">/);
        assert.equal(/[ぁ-ん]/.test(html.replace(/<style>.*<\/style>/s, "")), language === "ja");
        const words = html.replaceAll(code, "").replace(/<style>.*<\/style>/s, "");
        // Which is a code of logins alone.
        if (code !== "login-cancelled") assert.doesNotMatch(words, /ログイン|log ?in|logged/i, code);
      }
    }
  }
});

const titles: [HonninErrorCode, number, string, string][] = [
  ["signature-cancelled", 400, "署名を中止しました", "You cancelled the signature"],
  ["signature-pin-locked", 403, "署名用のパスワードがロックされています", "Your signing password is locked"],
  ["signature-transaction-expired", 400, "署名の有効期限が切れました", "The signature took too long"],
  ["signature-transaction-used", 400, "この署名は受け取り済みです", "This signature was collected already"],
  ["signature-user-mismatch", 403, "別の方のカードで署名されています", "Someone else’s card was used"],
  ["signature-result-pending", 503, "署名の結果を待っています", "The result is on its way"],
  ["certificate-revoked", 403, "この証明書では署名できません", "This certificate cannot be used to sign"],
  [
    "policy-unsupported",
    403,
    "この種類の証明書には対応していません",
    "This kind of certificate is not supported",
  ],
  ["signature-mismatch", 502, "署名を確かめられませんでした", "The signature could not be verified"],
  ["certificate-expired", 502, "署名を確かめられませんでした", "The signature could not be verified"],
  ["document-mismatch", 502, "署名を確かめられませんでした", "The signature could not be verified"],
  [
    "revocation-unknown",
    502,
    "証明書の有効性を確認できませんでした",
    "The certificate’s status could not be checked",
  ],
  [
    "ocsp-expired",
    502,
    "証明書の有効性を確認できませんでした",
    "The certificate’s status could not be checked",
  ],
  [
    "crl-malformed",
    502,
    "証明書の有効性を確認できませんでした",
    "The certificate’s status could not be checked",
  ],
  ["document-invalid", 400, "文書を受け取れませんでした", "The document could not be taken"],
  ["signature-not-found", 404, "続きから行える署名はありません", "There is no signature to continue"],
  ["decryption-key-invalid", 500, "このサイトで問題が起きました", "Something went wrong on this site"],
  ["document-unreadable", 500, "このサイトで問題が起きました", "Something went wrong on this site"],
  ["internal-error", 500, "このサイトで問題が起きました", "Something went wrong on this site"],
  [
    "endpoint-timeout",
    504,
    "認証サービスにつながりませんでした",
    "The authentication service could not be reached",
  ],
  ["signature-transaction-refused", 502, "署名が受け付けられませんでした", "The signature was not accepted"],
  ["cross-site-request-refused", 403, "操作を受け付けませんでした", "The request was not accepted"],
];
test("titles and statuses, in both languages", async () => {
  for (const [code, status, ja, en] of titles) {
    for (const [language, title] of [
      ["ja", ja],
      ["en", en],
    ] as const) {
      const page = await pageOf(code, language);
      assert.equal(page.status, status, code);
      assert.match(await page.text(), new RegExp(`<h1>${title}</h1>`), code);
    }
  }
});

test("codes of certificates are the site's own errors when somebody logs in, as ever", () => {
  for (const code of certificateCodes) {
    assert.deepEqual(classify(new HonninError(code, ""), "login"), ["site", 500], code);
    // Packages are made here.
    const isOwn = code.startsWith("package-");
    assert.equal(classify(new HonninError(code, ""), "signing")[0] === "site", isOwn, code);
  }
});

test("texts: plain, in natural punctuation, and the same number of hints in both languages", () => {
  for (const [kind, { ja, en }] of Object.entries(signingTexts)) {
    assert.equal(ja.todo.length, en.todo.length, kind);
    assert.equal(ja.resume?.length, en.resume?.length, kind);
    for (const text of [ja.what, ...ja.todo, ...(ja.resume ?? [])]) assert.match(text, /^[^<>&]+。$/, kind);
    for (const text of [en.what, ...en.todo, ...(en.resume ?? [])])
      assert.match(text, /^[A-Z][^<>&]+\.$/, kind);
    assert.doesNotMatch(JSON.stringify(en), /[぀-ヿ一-鿿]/);
    for (const text of [...(ja.resume ?? []), ...(en.resume ?? [])]) {
      for (const [, quoted] of text.matchAll(/[「“](.+?)[」”]/g)) {
        assert.ok([commonTexts.ja.resume, commonTexts.en.resume].includes(quoted ?? ""), text);
      }
    }
  }
  // What both have is told apart by what the user is about.
  assert.notDeepEqual(signingTexts.unverified, errorTexts.unverified);
});

test("a callback without its cookie speaks of the signature, if that is what it was for", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  opened.browser.cookies.clear();
  const response = await opened.browser.send(callback);
  assert.equal(await codeOf(response), "login-cookie-missing");
  assert.match(await response.text(), /<h1>署名を続けられませんでした<\/h1>/);
  const login = await opened.browser.send(`${site}/auth/callback?code=x&state=y`);
  assert.match(await login.text(), /<h1>ログインを続けられませんでした<\/h1>/);
});

test("memoryStore forgets in time, and takes no more when it is full: nobody pushes out what others have", async () => {
  let time = 1_000;
  const store = memoryStore({ maxEntries: 2, now: () => time });
  await store.set("a", "1", 10);
  await store.set("b", "2", 20);
  assert.equal(await store.get("a"), "1");
  time = 1_010;
  assert.equal(await store.get("a"), undefined);
  await store.set("c", "3", 10);
  assert.equal(await store.get("b"), "2");
  await store.set("b", "4", 20);
  await assert.rejects(store.set("d", "5", 10), /holds 2 values/);
  assert.equal(await store.get("c"), "3");
  assert.equal(await store.get("b"), "4");
  assert.equal(await store.get("d"), undefined);
  await store.delete("b");
  assert.equal(await store.get("b"), undefined);
  await store.set("d", "5", 10);
  assert.equal(await store.get("d"), "5");
  assert.throws(() => memoryStore({ maxEntries: 0 }), { code: "options-invalid" });
  assert.throws(() => memoryStore({ now: 5 as never }), { code: "options-invalid" });
});

test("a full memoryStore begins no signature, and says so to the operator", async () => {
  const store = memoryStore({ maxEntries: 1 });
  const first = openSite(world, { store });
  const callback = await first.begin();
  const second = openSite(world, { store });
  const refused = await second.post();
  assert.equal(refused.status, 500);
  assert.equal(await codeOf(refused), "internal-error");
  assert.deepEqual(second.browser.named("honnin-"), []);
  assert.equal((await first.browser.send(callback)).status, 303);
  assert.equal(first.signings.length, 1);
});

test("method may take its time, and refuses by throwing: nothing is asked of the service or the store", async () => {
  const opened = openSite(world, {
    method: async (fields, request) => {
      if (request.headers.get("x-session") === null)
        throw new HonninError("document-invalid", "Log in first.");
      return { form: fields.get("how") as "bare" };
    },
  });
  assert.equal(await codeOf(await opened.post()), "document-invalid");
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.equal(opened.store.entries.size, 0);
  opened.browser.headers["x-session"] = "1";
  assert.equal((await opened.post({ ...form, how: "bare" })).status, 303);
  assert.equal(await codeOf(await opened.post({ ...form, how: "x" })), "options-invalid");
});

test("a signature goes its way with memoryStore", async () => {
  const opened = openSite(world, { store: memoryStore() });
  const response = await opened.browser.send(await opened.begin({ ...form }));
  assert.equal(response.status, 303);
  assert.equal(opened.signings.length, 1);
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
});
