// The pages of signing and of verifying, by what they are given.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allCodes, signingGroup, verificationGroup } from "../src/error-groups.ts";
import { errorPage, signNotSetUpPage, signPage, signResultPage, verifyPage } from "../src/index.ts";
import { refusalOf } from "../src/refusal.ts";
import { attribute } from "../src/signature/chain.ts";
import { chosenMethod, methodNames, offeredMethods } from "../src/signing/methods.ts";
import { texts } from "../src/texts/index.ts";
import { verificationRefusal, verificationResult } from "../src/verification/result.ts";
import {
  assertWellFormed,
  assets,
  contextOf,
  holderOf,
  signatureOf,
  signingOf,
  steps,
  verificationOf,
} from "./support.ts";

const languages = ["ja", "en"] as const;
const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");
const main = (page: string) => page.slice(page.indexOf("<main"), page.indexOf("</main>"));
const unbroken = (page: string) => page.replaceAll("<wbr>", "");
/** The row of a document, a holder or a box. */
const part = (page: string, mark: string) =>
  page.slice(page.indexOf(mark), page.indexOf("</div>", page.indexOf(mark)));

const sampleHash = "fedcba9876543210".repeat(4);

describe("the page to sign on", () => {
  test("shows the sample's hash before it is signed, to be compared with the app's", () => {
    for (const lang of languages) {
      const page = signPage(contextOf(lang), sampleHash);
      assert.ok(unbroken(page).includes(`data-sample-hash>${sampleHash}<`));
      assert.ok(page.includes(escaped(texts[lang].signing.sample.hashHint)));
    }
  });

  test("sends nothing of a file: the chooser has no name, and the fields about it wait for the script", () => {
    const page = signPage(contextOf("ja"), sampleHash);
    assert.match(page, /<form class="sign" action="\/auth\/sign" method="post" data-guard /);
    assert.match(page, /<input type="file" id="file">/);
    for (const name of ["digest", "name", "type", "size"])
      assert.ok(page.includes(`<input type="hidden" name="${name}" value="" disabled>`), name);
    assert.ok(page.includes('<input type="hidden" name="return_to" value="/sign/result">'));
    assert.ok(page.includes(escaped(texts.ja.signing.file.stays)));
  });

  test("without its script, explains that a file needs one, and signs the sample", () => {
    for (const lang of languages) {
      const page = signPage(contextOf(lang), sampleHash);
      assert.ok(page.includes("<div data-with-script hidden>"));
      assert.match(page, /<p class="notice needs-script" data-needs-script>/);
      assert.ok(page.includes(escaped(texts[lang].signing.file.needsScript)));
      assert.match(page, /<button [^>]*type="submit" name="document" value="sample"/);
      assert.ok(page.includes(`<a href="${assets.sample}">`));
    }
  });

  test("loads its own script and knows where the verifier is", () => {
    const page = signPage(contextOf("ja"), sampleHash);
    assert.ok(page.includes(`<script src="${assets.sign}" type="module"></script>`));
    assert.ok(page.includes(`data-wasm="${assets.wasm}"`));
    assert.ok(!page.includes(assets.verify));
    assert.ok(!signNotSetUpPage(contextOf("ja")).includes(assets.sign));
  });

  test("offers every method, the standard one first; the next card only where it is emulated", () => {
    const values = (page: string) =>
      [...page.matchAll(/name="method" value="([^"]+)" data-hash="([^"]+)"( checked)?/g)].map(
        ([, ...all]) => all,
      );
    assert.deepEqual(values(signPage(contextOf("en"), sampleHash)), [
      ["digest-info", "sha256", " checked"],
      ["bare", "sha256", undefined],
      ["p384-digest-info", "sha384", undefined],
      ["p384-bare", "sha384", undefined],
    ]);
    assert.deepEqual(offeredMethods("production"), ["digest-info", "bare"]);
    assert.deepEqual(offeredMethods("emulator"), methodNames);
    assert.equal(chosenMethod(null, "sandbox")?.form, "digest-info");
    assert.equal(chosenMethod("p384-bare", "emulator")?.scheme, "ecdsa-p384-sha384");
    for (const name of ["p384-bare", "constructor", "", "sha1"])
      assert.equal(chosenMethod(name, "sandbox"), undefined);
  });
});

describe("the result of a signature", () => {
  test("names the document and shows its hash whole, in a form that copies without gaps", () => {
    const page = signResultPage(contextOf("ja"), signingOf());
    assert.ok(part(page, 'data-document="name"').includes("契約書.pdf"));
    assert.ok(part(page, 'data-document="size"').includes("1,234,567バイト"));
    assert.ok(part(page, 'data-document="digest"').includes("01234567<wbr>89abcdef<wbr>01234567"));
    assert.ok(unbroken(part(page, 'data-document="digest"')).includes(`>${"0123456789abcdef".repeat(4)}<`));
  });

  test("draws the chain from the authority to the document, and says the same in words", () => {
    const page = signResultPage(contextOf("ja"), signingOf());
    const links = [...page.matchAll(/data-link="([a-z]+)"/g)].map(([, kind]) => kind);
    assert.deepEqual(links, ["anchor", "signer", "signed"]);
    assert.match(
      page,
      /<div class="chain" role="group" aria-label="[^"]+" aria-describedby="chain-summary">/,
    );
    assert.ok(
      page.includes(
        texts.ja.signature.chain.summary({
          authority: "JPKI for digital signature",
          document: "契約書.pdf",
          revocation: "失効していない",
        }),
      ),
    );
    const anchor = page.slice(page.indexOf('data-link="anchor"'), page.indexOf('data-link="signer"'));
    for (const value of ["HONNIN-TEST", "2023年1月1日から2033年1月1日まで", "1e8598"])
      assert.ok(unbroken(anchor).includes(value), value);
    const signer = unbroken(
      page.slice(page.indexOf('data-link="signer"'), page.indexOf('data-link="signed"')),
    );
    for (const value of ["テスト用", "2025年11月22日から2030年の誕生日まで", "51004000", "ab".repeat(32)])
      assert.ok(signer.includes(value), value);
    assert.match(
      signer,
      /data-revocation="good"[\s\S]*OCSPレスポンス1件[\s\S]*2026年11月25日 19:04:05（日本時間）/,
    );
    assert.match(signer, /datetime="2026-11-25T10:04:05.000Z"/);
  });

  test("names a published authority and its generation; intermediates stand between", () => {
    const [leaf] = signatureOf().path;
    assert.ok(leaf);
    const signature = signatureOf({
      path: [leaf, { ...leaf, subject: "CN=One\\, Ltd,C=JP" }, { ...leaf, subject: "CN=Two,C=JP" }],
      profile: {
        name: "p",
        hierarchy: "sign",
        cards: "production",
        authority: "signca03",
        generation: "03",
      },
    });
    const page = signResultPage(contextOf("ja"), signingOf({ signature }));
    assert.match(
      page,
      /data-link="anchor"[\s\S]*signca03[\s\S]*第03世代[\s\S]*Two[\s\S]*One, Ltd[\s\S]*data-link="signer"/,
    );
    assert.ok(page.includes(">本番用<"));
  });

  test("says nothing of the holder, and not their birthday either, unless it is given", () => {
    for (const lang of languages) {
      const page = signResultPage(contextOf(lang), signingOf());
      assert.doesNotMatch(
        page,
        /架空　花子|見本県|opaque-of-the-holder|Mihon|2月17日|February|2030-02|data-holder=/,
      );
      const here = lang === "ja" ? "/sign/result" : "/en/sign/result";
      assert.ok(page.includes(`href="${here}?holder=show#holder" data-show-holder>`));
    }
  });

  test("shows the holder that it is given, as received and readable, and the birthday in the chain", () => {
    const page = signResultPage(contextOf("ja"), signingOf(), holderOf());
    assert.ok(part(page, 'data-holder="name"').includes("架空　花子"));
    assert.ok(part(page, 'data-holder="address"').includes(texts.ja.signature.holder.substituted(2)));
    assert.ok(part(page, 'data-holder="birthdate"').includes("1980年2月17日（昭和55年）"));
    assert.ok(part(page, 'data-holder="birthdate"').includes("<code>319800217</code>"));
    assert.ok(part(page, 'data-holder="gender"').includes("女性"));
    assert.ok(page.includes("2030年2月17日まで"));
    const bare = holderOf({ address: null, birthDate: null, gender: { raw: "7", parsed: null } });
    const other = signResultPage(contextOf("ja"), signingOf(), bare);
    assert.ok(part(other, 'data-holder="address"').includes(texts.ja.signature.holder.missing));
    assert.ok(part(other, 'data-holder="gender"').includes("7"));
    const unreadable = signResultPage(contextOf("ja"), signingOf(), "unreadable");
    assert.ok(unreadable.includes(texts.ja.signature.holder.unreadable));
  });

  for (const status of ["good", "unknown", "not-checked", "revoked"] as const) {
    test(`revocation in words: ${status}`, () => {
      const revocation =
        status === "revoked" ? ({ status, reason: "superseded", time: 0 } as const) : ({ status } as const);
      const none = { time: null, crls: 0, ocspResponses: 0 };
      for (const lang of languages) {
        const t = texts[lang];
        const page = signResultPage(
          contextOf(lang),
          signingOf({ signature: signatureOf({ revocation }), evidence: none }),
        );
        const at = page.indexOf(`data-answer="${status}"`);
        const section = page.slice(at, page.indexOf("</section>", at));
        assert.ok(section.includes(escaped(t.signature.revocation.meanings[status])));
        assert.ok(section.includes(t.signature.revocation.noEvidence));
        assert.equal(section.includes("icon-passed"), status === "good");
        const heading = page.slice(page.indexOf("<h1>"), page.indexOf("</h1>"));
        assert.equal(heading.includes("icon-passed"), status === "good");
        assert.equal(page.includes(escaped(t.signing.result.lead)), status === "good");
        assert.equal(page.includes(escaped(t.signing.result.leadNotChecked)), status !== "good");
      }
    });
  }

  test("offers the package and says whose data are in it; erases by POST", () => {
    const page = signResultPage(contextOf("en"), signingOf());
    assert.ok(page.includes('href="/en/sign/package" download data-download>'));
    assert.ok(page.includes(escaped(texts.en.signing.result.packagePersonal)));
    assert.ok(page.includes('href="/en/verify"'));
    assert.ok(
      page.includes(
        '<form action="/auth/logout?return_to=%2Fen%2Fsign%3Flogged_out&amp;lang=en" method="post">',
      ),
    );
    assert.ok(!page.includes(assets.sample));
    const document = { name: "honnin-sample.pdf", id: "sample" };
    assert.ok(signResultPage(contextOf("en"), signingOf({ document })).includes(assets.sample));
  });

  test("has both reports", () => {
    const page = signResultPage(contextOf("ja"), signingOf());
    assert.match(
      page,
      /data-report="checks"[\s\S]*data-check="revocation"[\s\S]*data-report="login-checks"[\s\S]*data-check="not-before"/,
    );
  });
});

describe("refusals", () => {
  for (const lang of languages) {
    test(`every code has a page of its own purpose (${lang})`, () => {
      const t = texts[lang];
      for (const code of allCodes) {
        const page = errorPage(contextOf(lang), { code, message: "m", report: { steps } }, { signing: true });
        assertWellFormed(page);
        const { group, what } = refusalOf(t, "signing", code);
        assert.equal(group, t.refusal.signingGroups[signingGroup(code)]);
        assert.ok(page.includes(`<h1>${escaped(group.title)}</h1>`), code);
        assert.ok(page.includes(`<p class="lead">${escaped(what)}</p>`), code);
        assert.match(page, new RegExp(`<main [^>]*data-code="${code}"`));
        assert.doesNotMatch(
          main(page)
            .replace(/<(code|dd|p lang)[^>]*>[^<]*/g, "")
            .replace(/data-code="[^"]*"/, ""),
          /ログイン|log ?in/i,
          code,
        );
        const fragment = verificationRefusal(t, { code, message: "m", report: { steps } }).text;
        assertWellFormed(fragment);
        const group2 = t.refusal.verificationGroups[verificationGroup(code)];
        assert.ok(fragment.includes(`<span>${escaped(group2.title)}</span>`), code);
        assert.ok(fragment.includes(`data-code="${code}"`));
        assert.ok(fragment.includes(`<code>${code}</code>`));
      }
    });
  }

  test("an unknown code of a newer verifier is the site's own trouble", () => {
    const code = "constructor" as never;
    assert.equal(signingGroup(code), "site");
    assert.equal(verificationGroup(code), "site");
    assert.equal(refusalOf(texts.ja, "signing", code).what, texts.ja.errors["internal-error"]);
  });

  test("offer to resume where there is something to resume, and the document otherwise", () => {
    const error = { code: "signature-result-pending", message: "", report: undefined } as const;
    const with_ = errorPage(contextOf("ja"), error, {
      signing: true,
      resumePath: "/auth/sign/resume?a=1&lang=ja",
    });
    assert.ok(
      with_.includes('<a class="button primary" href="/auth/sign/resume?a=1&amp;lang=ja" data-resume>'),
    );
    assert.ok(with_.includes('<a class="button secondary" href="/sign">'));
    const without = errorPage(contextOf("en"), error, { signing: true });
    assert.ok(without.includes('<a class="button primary" href="/en/sign">'));
    assert.ok(!without.includes("data-resume"));
  });
});

describe("where a signature can be resumed", () => {
  const resumePath = "/auth/sign/resume?lang=ja";
  for (const lang of languages) {
    test(`no page says that it is lost, and every page has the same button to speak of (${lang})`, () => {
      const { refusal, error } = texts[lang];
      for (const code of allCodes) {
        const group = refusal.signingGroups[signingGroup(code)];
        if (group.resume === undefined) continue;
        const thrown = { code, message: "", report: undefined };
        const page = main(errorPage(contextOf(lang), thrown, { signing: true, resumePath }));
        assert.doesNotMatch(page, /破棄|discarded/, code);
        const [, advice = ""] = page.split(`<h2 id="todo-title">${error.whatToDo}</h2>`);
        const list = advice.slice(0, advice.indexOf("</ul>"));
        assert.ok(list.includes(refusal.resume), `${code}: ${list}`);
        const without = main(errorPage(contextOf(lang), thrown, { signing: true }));
        assert.ok(!without.includes(refusal.resume), `${code} speaks of a button that is not there`);
      }
    });
  }

  test("evidence that could not be had loses nothing", () => {
    const error = { code: "revocation-unknown", message: "", report: undefined } as const;
    const page = main(errorPage(contextOf("ja"), error, { signing: true, resumePath }));
    assert.ok(page.includes("署名をやり直す必要はありません。"));
    const without = main(errorPage(contextOf("ja"), error, { signing: true }));
    assert.ok(without.includes("破棄しました"));
  });
});

test("without the cookie nobody knows what it was: the way leads to either", () => {
  for (const lang of languages) {
    const error = { code: "login-cookie-missing", message: "", report: undefined } as const;
    const page = main(errorPage(contextOf(lang), error));
    assert.doesNotMatch(
      page.slice(page.indexOf("<h1>"), page.indexOf('class="actions"')),
      /ログイン|log ?in/i,
    );
    assert.ok(page.includes(`href="${lang === "ja" ? "/sign" : "/en/sign"}">${texts[lang].signing.toSign}`));
    const other = main(errorPage(contextOf(lang), { ...error, code: "login-denied" }));
    assert.ok(!other.includes(texts[lang].signing.toSign));
  }
});

describe("the page to verify on", () => {
  test("brings the authorities' certificates along and says that nothing is sent", () => {
    const trust = { service: "emulator", anchors: "-----BEGIN CERTIFICATE-----" } as const;
    for (const lang of languages) {
      const page = verifyPage(contextOf(lang), trust);
      const given = /data-trust="([^"]*)"/.exec(page)?.[1]?.replaceAll("&quot;", '"') ?? "";
      assert.deepEqual(JSON.parse(given), trust);
      assert.ok(page.includes(escaped(texts[lang].verification.private)));
      assert.ok(page.includes(`<script src="${assets.verify}" type="module"></script>`));
      assert.doesNotMatch(main(page), /<form[^>]* action=| name="/);
    }
  });

  test("the verdict names the time and what it rests on", () => {
    for (const lang of languages) {
      const t = texts[lang];
      const { text } = verificationResult(t, verificationOf());
      assertWellFormed(text);
      assert.ok(text.includes('data-verdict="good"'));
      const time =
        lang === "ja" ? "2026年11月25日 19:04:05（日本時間）" : "25 November 2026, 19:04:05 (Japan)";
      assert.ok(text.includes(`<span>${t.verification.verdict.title(time)}</span>`));
      assert.ok(text.includes(escaped(t.verification.verdict.times.evidence)));
      assert.ok(text.includes(t.verification.verdict.timestamps["not-enclosed"]));
      assert.doesNotMatch(text, /2月17日|17 February|opaque-of-the-holder|Mihon/);
      assert.ok(text.includes("a-uuid"));
    }
  });

  test("a timestamp is spoken of as it was found", () => {
    const t = texts.en;
    const unchecked = verificationResult(t, verificationOf({ timestamp: { status: "not-checked" } })).text;
    assert.ok(unchecked.includes(t.verification.verdict.timestamps["not-checked"]));
    const timestamp = { status: "verified", time: 1_800_000_000, authority: "CN=TSA" } as const;
    const verified = verificationResult(t, verificationOf({ timestamp, asOfSource: "timestamp" })).text;
    assert.ok(verified.includes(t.verification.verdict.timestampBy("CN=TSA")));
    assert.ok(verified.includes(t.verification.verdict.times.timestamp));
    assert.ok(verified.includes("15 January 2027, 17:00:00 (Japan)"));
  });

  test("a signature that was never looked at is not called wrong", () => {
    for (const lang of languages) {
      const t = texts[lang];
      const { refused, notVerified } = t.verification.verdict;
      for (const code of allCodes) {
        const { text } = verificationRefusal(t, { code, message: "", report: undefined });
        const isLookedAt = !["unreadable", "browser", "site"].includes(verificationGroup(code));
        assert.equal(text.includes(refused), isLookedAt, code);
        assert.equal(text.includes(notVerified), !isLookedAt, code);
      }
    }
  });

  test("what was not checked is never called good", () => {
    const signature = signatureOf({ revocation: { status: "not-checked" } });
    const evidence = { time: null, crls: 0, ocspResponses: 0 };
    const { text } = verificationResult(
      texts.ja,
      verificationOf({ signature, evidence, asOfSource: "caller" }),
    );
    assert.ok(text.includes('data-verdict="not-checked"'));
    assert.ok(text.includes(texts.ja.verification.verdict.titleNotChecked));
    assert.ok(!text.includes(texts.ja.verification.verdict.lead));
    assert.doesNotMatch(text.slice(0, text.indexOf("</h2>")), /icon-passed/);
  });
});

test("names as RFC 4514 writes them", () => {
  assert.equal(attribute("OU=b,OU=a\\, c,O=x,C=JP", "OU"), "a, c");
  assert.equal(attribute("CN=one+O=two,C=JP", "O"), "two");
  assert.equal(attribute("C=JP", "O"), undefined);
  assert.equal(attribute("", "O"), undefined);
});
