// Pages for who signs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError, type HonninErrorCode } from "../../../src/error.js";
import {
  certificateCodes,
  launchCodes,
  networkCodes,
  relyingPartyCodes,
  runtimeCodes,
  verifierCodes,
} from "../../../src/error-codes.js";
import { classify } from "../../../src/relying-party/page/classify.js";
import { errorPage } from "../../../src/relying-party/page/error-page.js";
import type { SigningTexts } from "../../../src/relying-party/page/page-text.js";
import { signingTexts } from "../../../src/relying-party/page/signing-texts.js";
import { common as enCommon } from "../../../src/relying-party/page/texts/en.js";
import { common as jaCommon, login as jaLogin } from "../../../src/relying-party/page/texts/ja.js";
import { signing as enSigning } from "../../../src/relying-party/page/texts/signing-en.js";
import { signing as jaSigning } from "../../../src/relying-party/page/texts/signing-ja.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { openSite, useSigningWorld } from "../signing/site.js";

const world = await useSigningWorld();

const codes = [
  ...verifierCodes,
  ...runtimeCodes,
  ...networkCodes,
  ...launchCodes,
  // Only logins are handed over to a phone.
  ...relyingPartyCodes.filter((code) => !code.startsWith("handoff-")),
];

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
    signingTexts,
  });
}

test("every code has a page for who signs: no word of a login, resume where possible, and the top page", async () => {
  for (const code of codes) {
    for (const language of ["ja", "en"] as const) {
      for (const resumePath of [undefined, "/auth/sign/resume?signature=x"]) {
        const page = await pageOf(code, language, resumePath);
        const html = await page.text();
        assert.ok([400, 403, 404, 405, 429, 500, 502, 503, 504].includes(page.status), code);
        assert.match(html, new RegExp(`<html lang="${language}">`));
        assert.match(html, new RegExp(`<main data-code="${code}">`));
        // Which asks for a login.
        const leadsToLogin = code === "signature-start-refused" && resumePath === undefined;
        assert.equal(html.includes("/auth/login"), leadsToLogin, code);
        assert.doesNotMatch(html, /secret-/);
        assert.equal(html.includes('href="/auth/sign/resume?signature=x"'), resumePath !== undefined, code);
        assert.match(html, /<a href="\/">/);
        assert.equal(/[ぁ-ん]/.test(html.replace(/<style>.*<\/style>/s, "")), language === "ja");
        const words = html.replaceAll(code, "").replace(/<style>.*<\/style>/s, "");
        // Which are codes of logins alone, or ask for one.
        if (!["login-denied", "signature-start-refused"].includes(code))
          assert.doesNotMatch(words, /ログイン|log ?in|logged/i, code);
      }
    }
  }
});

const titles: [HonninErrorCode, number, string, string][] = [
  ["signature-denied", 400, "署名は完了していません", "The document has not been signed"],
  ["signature-start-refused", 403, "署名を始められませんでした", "Signing could not start"],
  ["signature-quota-exceeded", 429, "しばらく待ってからお試しください", "Please wait a while"],
  ["store-full", 503, "ただいま混み合っています", "This site is busy"],
  [
    "endpoint-unavailable",
    503,
    "認証サービスを利用できません",
    "The authentication service is not available now",
  ],
  [
    "signature-pin-locked",
    403,
    "署名用電子証明書の暗証番号がロックされています",
    "Your signing PIN is locked",
  ],
  ["signature-transaction-expired", 400, "署名の有効期限が切れました", "The signature took too long"],
  ["signature-transaction-used", 400, "この署名は受け取り済みです", "This signature was already collected"],
  ["signature-user-mismatch", 403, "別の方のカードで署名されています", "Someone else’s card was used"],
  ["signature-result-pending", 503, "署名の結果を待っています", "The result is not available yet"],
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
  ["document-invalid", 400, "文書を受け取れませんでした", "The document could not be accepted"],
  ["signature-not-found", 404, "続きから再開できる署名はありません", "There is no signature to resume"],
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
  assert.deepEqual(Object.keys(jaSigning), Object.keys(enSigning));
  for (const kind of Object.keys(jaSigning) as (keyof SigningTexts)[]) {
    const [ja, en] = [jaSigning[kind], enSigning[kind]];
    assert.equal(ja.todo.length, en.todo.length, kind);
    assert.equal(ja.resume?.length, en.resume?.length, kind);
    for (const text of [ja.what, ...ja.todo, ...(ja.resume ?? [])]) assert.match(text, /^[^<>&]+。$/, kind);
    for (const text of [en.what, ...en.todo, ...(en.resume ?? [])])
      assert.match(text, /^[A-Z][^<>&]+\.$/, kind);
    assert.doesNotMatch(JSON.stringify(en), /[぀-ヿ一-鿿]/);
    for (const text of [...(ja.resume ?? []), ...(en.resume ?? [])]) {
      for (const [, quoted] of text.matchAll(/[「“](.+?)[」”]/g)) {
        assert.ok([jaCommon.resume, enCommon.resume].includes(quoted ?? ""), text);
      }
    }
  }
  // What both have is told apart by what the user is about.
  assert.notDeepEqual(jaSigning.unverified, jaLogin.unverified);
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
