import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HonninError } from "honnin";
import { errorGroups, type LoginErrorCode } from "../src/error-groups.ts";
import {
  errorPage,
  homePage,
  type LoginResult,
  noResultPage,
  noSigningPage,
  plainPage,
  resultPage,
  type SigningResult,
  signNotSetUpPage,
  signPage,
  signResultPage,
  verifyNotSetUpPage,
  verifyPage,
} from "../src/index.ts";
import { texts } from "../src/texts/index.ts";
import {
  assertWellFormed,
  assets,
  contextOf,
  holderOf,
  itemOf,
  loginOf,
  signatureOf,
  signingOf,
  steps,
} from "./support.ts";

const languages = ["ja", "en"] as const;
const codes = Object.keys(errorGroups) as LoginErrorCode[];
const hostile = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;\u202e`;

function hostileLogin(): LoginResult {
  return loginOf({
    sub: hostile,
    issuer: hostile,
    user: {
      name: hostile,
      address: { raw: { formatted: hostile }, text: hostile },
      birthdate: { raw: hostile },
      gender: { raw: hostile },
    },
    claims: { sub: hostile, [hostile]: [hostile] },
    report: { steps: [{ id: hostile, status: "failed", reference: hostile, detail: hostile }] },
  });
}

function hostileSigning(): SigningResult {
  const { path, anchor } = signatureOf();
  const all = {
    subject: `OU=${hostile},O=${hostile}`,
    issuer: hostile,
    serialNumber: hostile,
    sha256: hostile,
  };
  const report = { steps: [{ id: hostile, status: "failed", reference: hostile, detail: hostile } as const] };
  return signingOf({
    document: { name: hostile, mediaType: hostile, size: Number.NaN, id: hostile },
    digest: { algorithm: "sha256", value: hostile },
    signature: signatureOf({
      path: path.map((certificate) => ({ ...certificate, ...all })),
      anchor: { ...anchor, ...all },
      profile: {
        name: hostile,
        hierarchy: "sign",
        cards: null,
        authority: hostile,
        generation: hostile,
      },
      report,
    }),
    evidence: { time: Number.MAX_SAFE_INTEGER, crls: 1, ocspResponses: 1 },
    loginReport: report,
  });
}

const hostileText = { raw: hostile, mask: hostile, substituted: [0] };
const hostileHolder = holderOf({
  name: hostileText,
  address: hostileText,
  birthDate: { raw: hostile, era: null, year: null, month: null, day: null, date: null },
  gender: { raw: hostile, parsed: null },
});
const trust = { service: "emulator", anchors: `PEM ${hostile}` } as const;

function everyPage(lang: (typeof languages)[number]): [name: string, page: string][] {
  const context = contextOf(lang);
  return [
    ["home on a phone", homePage(context, { device: "phone" })],
    ["home on a computer", homePage(context, { device: "computer" })],
    ["home of a user", homePage(context, { device: "computer", user: loginOf() })],
    ["home of a hostile user", homePage(context, { device: "computer", user: hostileLogin() })],
    ["home after a logout", homePage(context, { device: "phone", loggedOut: true })],
    ["result", resultPage(context, loginOf())],
    ["result of hostile data", resultPage(context, hostileLogin())],
    ["no result", noResultPage(context, "none")],
    ["forgotten result", noResultPage(context, "forgotten")],
    ["sign", signPage(context, "ab".repeat(32))],
    ["sign, not set up", signNotSetUpPage(context)],
    ["result of a signature", signResultPage(context, signingOf())],
    ["result of a signature with its holder", signResultPage(context, signingOf(), holderOf())],
    ["result of a signature without a readable holder", signResultPage(context, signingOf(), "unreadable")],
    ["result of a hostile signature", signResultPage(context, hostileSigning(), hostileHolder)],
    ["no signature", noSigningPage(context, "none")],
    ["forgotten signature", noSigningPage(context, "forgotten")],
    ["verify", verifyPage(context, trust)],
    ["verify, not set up", verifyNotSetUpPage(context)],
    [
      "hostile error of a signature",
      errorPage(
        context,
        { code: "certificate-revoked", message: hostile, report: hostileLogin().report },
        { signing: true, resumePath: `/auth/sign/resume?x="><script>` },
      ),
    ],
    ["not found", plainPage(context, "notFound")],
    ["method not allowed", plainPage(context, "methodNotAllowed")],
    [
      "hostile error",
      errorPage(context, { code: "internal-error", message: hostile, report: hostileLogin().report }),
    ],
  ];
}

for (const lang of languages) {
  for (const [name, page] of everyPage(lang)) {
    test(`${name} (${lang}): whole, with landmarks, nothing inline`, () => {
      assertWellFormed(page);
      assert.match(page, new RegExp(`^<!doctype html>\\n<html lang="${lang}">`));
      for (const landmark of [
        "<header",
        '<nav class="pages" ',
        '<nav class="languages" ',
        '<main id="main"',
        "<footer",
      ]) {
        assert.equal(page.split(landmark).length, 2, landmark);
      }
      assert.match(page, /<body>\n<a class="skip-link" href="#main">/);
      assert.equal(page.match(/<h1[ >]/g)?.length, 1);
      assert.doesNotMatch(page.replace(/"[^"]*"/g, '""'), /<[^>]+\s(?:on[a-z]+|style)=/);
      assert.doesNotMatch(page, /<style|<script(?! src="\/assets\/)/);
      for (const asset of ["styles", "script", "icon"] as const)
        assert.ok(page.includes(`"${assets[asset]}"`));
      assert.doesNotMatch(page, /<script>|<img src=x/);
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
      for (const [, label] of page.matchAll(/ aria-(?:labelledby|describedby)="([^"]*)"/g)) {
        assert.ok(ids.includes(label), label);
      }
    });
  }
}

describe("home", () => {
  test("asks for all four basic items by default and comes back to the result", () => {
    for (const [lang, result] of [
      ["ja", "/result"],
      ["en", "/en/result"],
    ] as const) {
      const page = homePage(contextOf(lang), { device: "phone" });
      assert.match(page, /<form class="login card" action="\/auth\/login" method="get" data-guard>/);
      assert.ok(page.includes(`<input type="hidden" name="return_to" value="${result}">`));
      assert.ok(page.includes(`<input type="hidden" name="lang" value="${lang}">`));
      const scopes = [...page.matchAll(/name="scope" value="([a-z]+)"( checked)?/g)].map(([, scope, on]) => [
        scope,
        on,
      ]);
      assert.deepEqual(scopes, [
        ["openid", undefined],
        ["name", " checked"],
        ["address", " checked"],
        ["birthdate", " checked"],
        ["gender", " checked"],
      ]);
      assert.ok(page.includes(texts[lang].loginButton));
    }
    assert.equal(texts.ja.loginButton, "マイナンバーカードで本人確認");
  });

  test("opens the way that suits the device", () => {
    assert.match(homePage(contextOf("ja"), { device: "phone" }), /data-device="phone" open>/);
    assert.match(homePage(contextOf("ja"), { device: "phone" }), /data-device="computer">/);
    assert.match(homePage(contextOf("ja"), { device: "computer" }), /data-device="computer" open>/);
  });

  test("says that this is an emulator, and only where it is one", () => {
    assert.ok(homePage(contextOf("ja"), { device: "phone" }).includes("エミュレーター"));
    assert.ok(!homePage(contextOf("ja", "production"), { device: "phone" }).includes("エミュレーター"));
    assert.ok(!homePage(contextOf("en", "sandbox"), { device: "phone" }).toLowerCase().includes("emulat"));
  });
});

describe("who is logged in", () => {
  test("home names the user, and offers the result and the logout", () => {
    const page = homePage(contextOf("ja"), { device: "phone", user: loginOf(), loggedOut: true });
    assert.match(page, /data-session[\s\S]*架空　花子[\s\S]*href="\/result"[\s\S]*action="\/auth\/logout/);
    assert.ok(!page.includes("data-logged-out"));
    const { user: _, ...nameless } = loginOf();
    const unnamed = homePage(contextOf("en"), { device: "phone", user: nameless });
    assert.match(unnamed, /data-session/);
    assert.ok(!unnamed.includes(texts.en.session.person));
  });

  test("home says that nobody is, right after a logout and never otherwise", () => {
    const after = homePage(contextOf("ja"), { device: "phone", loggedOut: true });
    assert.ok(after.includes(texts.ja.session.loggedOut));
    assert.ok(!after.includes("data-session"));
    assert.doesNotMatch(homePage(contextOf("ja"), { device: "phone" }), /data-session|data-logged-out/);
    assert.ok(signPage(contextOf("en"), "ab".repeat(32), true).includes(texts.en.session.loggedOut));
  });

  test("the page of a code that was used before leads to the result", () => {
    const spent = new HonninError("authorization-code-spent", "");
    assert.match(errorPage(contextOf("en"), spent), /class="button primary" href="\/en\/result"/);
    const denied = new HonninError("login-denied", "");
    assert.ok(!errorPage(contextOf("en"), denied).includes('href="/en/result"'));
  });
});

describe("result", () => {
  test("shows each basic item readable and as received", () => {
    const page = resultPage(contextOf("ja"), loginOf());
    assert.ok(itemOf(page, "name").includes("架空　花子"));
    // Japanese on the English page, too: for the voice that reads it and the shapes of its characters.
    for (const item of ["name", "address"]) assert.match(itemOf(page, item), /class="value" lang="ja"/);
    assert.ok(itemOf(page, "address").includes("見本県見本市１－２－３"));
    assert.ok(itemOf(page, "birthdate").includes("1980年2月17日（昭和55年）"));
    assert.ok(itemOf(page, "birthdate").includes("<code>19800217</code>"));
    assert.ok(itemOf(page, "gender").includes("女性"));
    assert.ok(page.includes("data-sub>a-pairwise-subject<"));
  });

  test("tells what was not asked for, not granted and not sent apart", () => {
    const page = resultPage(
      contextOf("en"),
      loginOf({
        requestedScopes: ["openid", "name", "address", "gender"],
        grantedScopes: ["openid", "name", "gender"],
        user: { gender: { raw: "9" } },
      }),
    );
    const t = texts.en.result;
    assert.ok(itemOf(page, "birthdate").includes(t.notAsked));
    assert.ok(itemOf(page, "address").includes(t.notGranted));
    assert.ok(itemOf(page, "name").includes(t.notSent));
    assert.ok(itemOf(page, "gender").includes("Undefined code “9”"));
  });

  test("an address object is shown as text with what was received beside it", () => {
    const address = { raw: { region: "見本県", locality: "見本市" }, text: "見本県 見本市" };
    const page = resultPage(contextOf("ja"), loginOf({ user: { address } }));
    assert.ok(itemOf(page, "address").includes("見本県 見本市"));
    assert.ok(itemOf(page, "address").includes("{&quot;region&quot;:&quot;見本県&quot;"));
  });

  test("draws every step, and what was not made never as passed", () => {
    const page = resultPage(contextOf("ja"), loginOf());
    for (const { id, status, reference, detail } of steps) {
      const start = page.indexOf(`<li class="check ${status}" data-check="${id}" data-status="${status}">`);
      assert.ok(start > 0, id);
      const row = page.slice(start, page.indexOf("</li>", start));
      assert.ok(row.includes(`<span class="word">${texts.ja.statuses[status]}</span>`));
      assert.ok(row.includes(`<code>${id}</code>`));
      assert.ok(row.includes(reference));
      assert.ok(row.includes(detail));
    }
    assert.ok(page.includes(`<span>合格</span> <strong>2件</strong>`));
    assert.ok(page.includes(`<span>未実施</span> <strong>1件</strong>`));
  });

  test("a step of a newer verifier shows its id", () => {
    const report = { steps: [{ id: "constructor", status: "passed", reference: "r", detail: "d" } as const] };
    assert.ok(
      resultPage(contextOf("ja"), loginOf({ report })).includes(
        '<span class="check-title">constructor</span>',
      ),
    );
  });

  test("logs out by POST and comes back to the home page of the language", () => {
    const page = resultPage(contextOf("en"), loginOf());
    assert.ok(
      page.includes('<form action="/auth/logout?return_to=%2Fen%2F%3Flogged_out&amp;lang=en" method="post">'),
    );
  });

  test("hostile data stays text", () => {
    const page = resultPage(contextOf("ja"), hostileLogin());
    assert.doesNotMatch(page, /<script>|<img src=x/);
    assert.ok(page.includes("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  });
});

describe("errors", () => {
  for (const code of codes) {
    test(`${code} has a page in both languages`, () => {
      for (const lang of languages) {
        const page = errorPage(contextOf(lang), { code, message: "What was wrong.", report: { steps } });
        assertWellFormed(page);
        assert.match(page, new RegExp(`<main [^>]*data-code="${code}"`));
        assert.ok(page.includes(`<code>${code}</code>`));
        assert.ok(page.includes(texts[lang].errors[code].replaceAll("'", "&#39;")));
        assert.ok(page.includes(texts[lang].errorGroups[errorGroups[code]].title));
        const kind = code === "authorization-code-spent" ? "secondary" : "primary";
        assert.ok(page.includes(`<a class="button ${kind}" href="${lang === "ja" ? "/" : "/en/"}">`));
        assert.ok(page.includes('data-check="signature"'));
      }
    });
  }

  test("the check that failed stands open and first", () => {
    const report = {
      steps: [...steps, { id: "issuer", status: "failed", reference: "r", detail: "d" } as const],
    };
    const page = errorPage(contextOf("ja"), { code: "issuer-mismatch", message: "m", report });
    assert.match(page, /data-check="issuer" data-status="failed">\n<details open>/);
    assert.ok(page.indexOf('data-check="issuer"') < page.indexOf('data-check="size"'));
  });
});
