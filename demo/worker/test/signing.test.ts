import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type HonninErrorCode, readSignedPackage, verifySignedPackage } from "honnin";
import { isCheckId } from "../../site/src/check-ids.ts";
import { refusalOf } from "../../site/src/refusal.ts";
import { texts } from "../../site/src/texts/index.ts";
import { trustOptions } from "../../site/src/trust.ts";
import {
  type Answer,
  checksOf,
  codeOf,
  type Demo,
  documentFields,
  documentText,
  logIn,
  sign,
  startDemo,
  titleOf,
  UserAgent,
  until,
} from "./support.ts";

let demo: Demo;
before(async () => {
  demo = await startDemo();
});
after(() => demo.close());

const person = /本人　太郎|東京都架空区|319800217|男性/;
const secret = "見本の秘密";
const at = (path: string) => demo.worker.origin + path;
const document = new TextEncoder().encode(documentText);
const main = ({ text }: Answer) => text.slice(text.indexOf("<main"), text.indexOf("</main>"));

async function packageOf(agent: UserAgent): Promise<string> {
  const answer = await agent.get(at("/sign/package"));
  assert.equal(answer.status, 200);
  return answer.text;
}

describe("a signature", () => {
  test("ends at its result: the document, the chain, the revocation, every check", async () => {
    const answer = await sign(new UserAgent(), demo);
    assert.equal(answer.url, at("/sign/result"));
    assert.equal(titleOf(answer), texts.ja.signing.result.title);
    assert.ok(answer.text.includes(texts.ja.signing.result.lead));
    assert.ok(answer.text.includes("契約書.txt"));
    const { digest = "", size } = documentFields();
    assert.ok(answer.text.replaceAll("<wbr>", "").includes(`data-digest>${digest}<`));
    assert.ok(answer.text.includes(`${size}バイト`));
    assert.match(answer.text, /data-link="anchor"[\s\S]*data-link="signer"[\s\S]*data-link="signed"/);
    assert.ok(answer.text.includes("HONNIN-TEST"));
    assert.ok(answer.text.includes('data-answer="good"'));
    assert.equal(answer.headers.get("cache-control"), "no-store");
  });

  test("shows the checks of the signature and of who came back, each with a title", async () => {
    const answer = await sign(new UserAgent(), demo);
    const at = answer.text.indexOf('data-report="login-checks"');
    const signature = checksOf({ ...answer, text: answer.text.slice(0, at) });
    const login = checksOf({ ...answer, text: answer.text.slice(at) });
    for (const id of ["signature", "profile-policy", "trust-anchor", "certificate-validity", "revocation"])
      assert.ok(
        signature.some((check) => check.id === id && check.status === "passed"),
        id,
      );
    for (const id of ["signature", "nonce", "audience"])
      assert.ok(
        login.some((check) => check.id === id && check.status === "passed"),
        id,
      );
    for (const { id } of [...signature, ...login]) assert.ok(isCheckId(id), id);
  });

  test("says nothing of who signed until it is asked to", async () => {
    const agent = new UserAgent();
    const answer = await sign(agent, demo);
    assert.doesNotMatch(answer.text, person);
    // The end of the certificate is the holder's birthday.
    assert.doesNotMatch(answer.text, /2月17日|02-17|0217/);
    assert.ok(answer.text.includes('href="/sign/result?holder=show#holder"'));
    const shown = await agent.get(at("/sign/result?holder=show"));
    for (const value of [
      "本人　太郎",
      "東京都架空区見本町１丁目２番３号",
      "1980年2月17日（昭和55年）",
      "男性",
    ])
      assert.ok(shown.text.includes(value), value);
    assert.match(shown.text, /20\d\d年2月17日まで/);
    assert.equal(shown.headers.get("cache-control"), "no-store");
    assert.doesNotMatch((await agent.get(at("/sign/result?holder=1"))).text, person);
  });

  test("gives a package that verifies with its document, and with no other", async () => {
    const agent = new UserAgent();
    await sign(agent, demo);
    const text = await packageOf(agent);
    const { signature } = await readSignedPackage(text);
    const trust = { service: "emulator", anchors: demo.emulator.jpki.anchors } as const;
    const options = trustOptions(trust, signature.scheme);
    const verified = await verifySignedPackage(text, { ...options, document });
    assert.equal(verified.revocation.status, "good");
    assert.equal(verified.asOfSource, "evidence");
    assert.equal(verified.package.document.name, "契約書.txt");
    await assert.rejects(
      verifySignedPackage(text, { ...options, document: new TextEncoder().encode(secret) }),
      { code: "document-mismatch" },
    );
  });

  test("the package is a file to save, under the document's name", async () => {
    const agent = new UserAgent();
    await sign(agent, demo, { fields: { ...documentFields(), name: "it's (1).pdf" } });
    const answer = await agent.get(at("/en/sign/package"));
    assert.equal(answer.headers.get("content-type"), "application/json");
    assert.equal(
      answer.headers.get("content-disposition"),
      `attachment; filename="signed-package.json"; filename*=UTF-8''it%27s%20%281%29.pdf.signed.json`,
    );
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  });

  for (const [method, scheme, form, hash, card] of [
    ["digest-info", "rsa-pkcs1-sha256", "digest-info", "sha256", "normal"],
    ["bare", "rsa-pkcs1-bare", "bare", "sha256", "normal"],
    ["p384-digest-info", "ecdsa-p384-sha384", "digest-info", "sha384", "next-card"],
    ["p384-bare", "ecdsa-p384-sha384", "bare", "sha384", "next-card"],
  ] as const) {
    test(`by the method ${method}`, async () => {
      const agent = new UserAgent();
      const answer = await sign(agent, demo, { method, card, fields: documentFields(hash) });
      assert.equal(titleOf(answer), texts.ja.signing.result.title);
      assert.ok(answer.text.includes(texts.ja.signature.schemes[scheme]));
      const { signature, digest } = await readSignedPackage(await packageOf(agent));
      assert.deepEqual([signature.scheme, signature.form, digest.algorithm], [scheme, form, hash]);
    });
  }

  test("of the site's sample, by the form alone; the site computes the hash", async () => {
    const agent = new UserAgent();
    const page = await agent.get(at("/sign"));
    const sample = /href="(\/assets\/sample\.[^"]+\.pdf)"/.exec(page.text)?.[1] ?? "";
    const pdf = new Uint8Array(await (await fetch(at(sample))).arrayBuffer());
    const answer = await sign(agent, demo, { fields: { document: "sample" } });
    const digest = createHash("sha256").update(pdf).digest("hex");
    assert.ok(answer.text.replaceAll("<wbr>", "").includes(`data-digest>${digest}<`));
    assert.ok(answer.text.includes("honnin-sample.pdf"));
    assert.ok(answer.text.includes(`href="${sample}"`));
  });

  test("goes on in English, and a form without a return address leads to the result", async () => {
    const english = await sign(new UserAgent(), demo, { lang: "en" });
    assert.equal(english.url, at("/en/sign/result"));
    assert.equal(titleOf(english), texts.en.signing.result.title);
    const agent = new UserAgent();
    const testCard = await agent.post(at("/auth/sign"), { ...documentFields(), lang: "en" });
    const answer = await agent.post(testCard.url, { response: "normal", person: "ordinary", card: "normal" });
    assert.equal(answer.url, at("/en/sign/result"));
  });

  test("markup in the document's name stays text", async () => {
    const name = `"><script>alert(1)</script>`;
    const answer = await sign(new UserAgent(), demo, { fields: { ...documentFields(), name } });
    assert.doesNotMatch(answer.text, /<script>/);
    assert.ok(answer.text.includes("&lt;script&gt;"));
  });
});

describe("a result", () => {
  test("is its own browser's: by a cookie that scripts cannot read", async () => {
    const agent = new UserAgent();
    await sign(agent, demo);
    const cookie = agent.cookieHeader(at("/"));
    assert.match(cookie, /(^|; )honnin-signed=[0-9a-f]{64}($|;)/);
    for (const path of ["/sign/result", "/en/sign/result"]) {
      const lang = path.startsWith("/en") ? "en" : "ja";
      const none = await new UserAgent().get(at(path));
      assert.equal(none.status, 200);
      assert.equal(titleOf(none), texts[lang].signing.noResult.none.title);
    }
    const noPackage = await new UserAgent().get(at("/sign/package"));
    assert.equal(noPackage.status, 404);
    assert.equal(titleOf(noPackage), texts.ja.signing.noResult.none.title);
  });

  test("cannot be reached by an id that was made up, nor can logging out be broken by one", async () => {
    for (const id of ["0".repeat(64), "f".repeat(64), "../../x", ""]) {
      const headers = { cookie: `honnin-signed=${id}`, origin: demo.worker.origin };
      const response = await fetch(at("/sign/result"), { headers });
      assert.equal(response.status, 200, id);
      assert.match(
        await response.text(),
        /<h1>(署名した文書はまだありません|署名の結果は消去されました)<\/h1>/,
      );
      const logout = await fetch(at("/auth/logout"), { method: "POST", headers, redirect: "manual" });
      assert.equal(logout.status, 303, id);
    }
  });

  test("stays with its person through a login, and goes when somebody else logs in", async () => {
    const agent = new UserAgent();
    await sign(agent, demo);
    await logIn(agent, demo);
    assert.equal((await agent.get(at("/sign/package"))).status, 200);
    await logIn(agent, demo, { person: "ordinary-woman" });
    assert.equal((await agent.get(at("/sign/package"))).status, 404);
    assert.doesNotMatch((await agent.get(at("/sign/result?holder=show"))).text, person);
  });

  test("is erased by the button, package and all", async () => {
    const agent = new UserAgent();
    const answer = await sign(agent, demo);
    assert.ok(
      answer.text.includes(
        '<form action="/auth/logout?return_to=%2Fsign%3Flogged_out&amp;lang=ja" method="post">',
      ),
    );
    const after = await agent.post(at("/auth/logout?return_to=%2Fsign&lang=ja"), {});
    assert.equal(after.url, at("/sign"));
    assert.equal(titleOf(await agent.get(at("/sign/result"))), texts.ja.signing.noResult.forgotten.title);
    assert.equal((await agent.get(at("/sign/package"))).status, 404);
  });

  test("leaves a login alone, and a login leaves it alone", async () => {
    const agent = new UserAgent();
    await logIn(agent, demo);
    await sign(agent, demo);
    assert.equal(titleOf(await agent.get(at("/result"))), texts.ja.result.title);
    await logIn(agent, demo);
    assert.equal(titleOf(await agent.get(at("/sign/result"))), texts.ja.signing.result.title);
  });
});

describe("a refusal", () => {
  for (const [response, code, resumes] of [
    ["sign-cancelled", "signature-denied", true],
    ["sign-pin-locked", "signature-pin-locked", false],
    ["sign-transaction-expired", "signature-transaction-expired", false],
    ["sign-other-user", "signature-user-mismatch", false],
    ["sign-revoked", "certificate-revoked", false],
    ["sign-unknown-policy", "policy-unsupported", false],
    ["sign-next-card", "key-unsuitable", false],
    ["sign-signature-other-hash", "signature-mismatch", false],
    ["sign-jwe-other-key", "signature-result-undecryptable", true],
    ["sign-result-fail", "endpoint-unavailable", true],
    ["wrong-nonce", "nonce-mismatch", undefined],
    ["server_error", "authorization-unavailable", undefined],
  ] as const satisfies readonly (readonly [string, HonninErrorCode, boolean | undefined])[]) {
    test(`${response} ends in ${code}, on a page that speaks of signing`, async () => {
      const lang = resumes === true ? "ja" : "en";
      const answer = await sign(new UserAgent(), demo, { response, lang });
      assert.equal(codeOf(answer), code);
      const { group, what } = refusalOf(texts[lang], "signing", code);
      assert.equal(titleOf(answer), group.title.replaceAll("'", "&#39;"));
      assert.ok(answer.text.includes(what.replaceAll("'", "&#39;")));
      assert.ok(answer.text.includes(`href="${lang === "ja" ? "/sign" : "/en/sign"}">`));
      assert.doesNotMatch(main(answer).replace(/<(code|dd|p lang)[^>]*>[^<]*/g, ""), /ログイン|log ?in/i);
      assert.doesNotMatch(answer.text, person);
      if (resumes !== undefined) assert.equal(answer.text.includes("data-resume"), resumes);
    });
  }

  test("a cancelled signature goes on from its page", async () => {
    const agent = new UserAgent();
    const cancelled = await sign(agent, demo, { response: "sign-cancelled" });
    const resume = /href="([^"]+)" data-resume/.exec(cancelled.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const testCard = await agent.get(at(resume));
    assert.match(testCard.url, /\/test-card$/);
    const answer = await agent.post(testCard.url, { response: "normal", person: "ordinary", card: "normal" });
    assert.equal(titleOf(answer), texts.ja.signing.result.title);
  });

  test("with nothing to resume, and by a method that the route does not take", async () => {
    const nothing = await new UserAgent().get(at("/auth/sign/resume?lang=en"));
    assert.equal(codeOf(nothing), "signature-not-found");
    assert.equal(titleOf(nothing), texts.en.refusal.signingGroups.nothing.title);
    assert.ok(!nothing.text.includes("data-resume"));
    const read = await new UserAgent().get(at("/auth/sign"));
    assert.equal(codeOf(read), "method-not-allowed");
    assert.equal(read.status, 405);
    assert.equal(titleOf(read), texts.ja.refusal.signingGroups.address.title);
  });

  test("a form with too little, or of another site", async () => {
    const agent = new UserAgent();
    for (const fields of [
      {},
      { document: "other" },
      { ...documentFields(), digest: "00" },
      { ...documentFields(), method: "sha1" },
      { ...documentFields(), method: "p384-bare" },
    ]) {
      const answer = await agent.post(at("/auth/sign"), { return_to: "/sign/result", lang: "ja", ...fields });
      assert.equal(codeOf(answer), "document-invalid", JSON.stringify(fields));
      assert.equal(answer.status, 400);
    }
    const elsewhere = await fetch(at("/auth/sign"), {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: new URLSearchParams(documentFields()),
    });
    assert.match(await elsewhere.text(), /data-code="cross-site-request-refused"/);
  });
});

test("where revocation cannot be asked for, the page says that it was not checked", async () => {
  const without = await startDemo({ ocsp: false, encryption: "RSA-OAEP-256" });
  try {
    for (const card of ["normal", "revoked"]) {
      const agent = new UserAgent();
      const answer = await sign(agent, without, { card });
      assert.equal(titleOf(answer), texts.ja.signing.result.title);
      assert.ok(answer.text.includes(texts.ja.signing.result.leadNotChecked));
      assert.ok(!answer.text.includes(texts.ja.signing.result.lead));
      assert.ok(answer.text.includes('data-answer="not-checked"'));
      assert.ok(answer.text.includes(texts.ja.signature.revocation.meanings["not-checked"]));
      assert.match(answer.text, /data-check="revocation" data-status="skipped"/);
      const { evidence } = await readSignedPackage(
        (await agent.get(`${without.worker.origin}/sign/package`)).text,
      );
      assert.deepEqual(evidence, { time: null, crls: [], ocspResponses: [] });
    }
  } finally {
    await without.close();
  }
});

test("what the worker writes of signatures holds codes, and nothing of anybody", async () => {
  const name = `${secret}.pdf`;
  await sign(new UserAgent(), demo, { response: "sign-revoked", fields: { ...documentFields(), name } });
  await until(() =>
    demo.worker.logs.some((line) => line.startsWith("signature refused: certificate-revoked ")),
  );
  const logs = demo.worker.logs.join("\n");
  assert.doesNotMatch(logs, /eyJ|本人|太郎|架空|見本|契約書|MII/);
});
