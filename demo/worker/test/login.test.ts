import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pairwiseSubject } from "@honnin/emulator";
import { checkIds } from "../../site/src/check-ids.ts";
import { texts } from "../../site/src/texts/index.ts";
import {
  checksOf,
  clientId,
  codeOf,
  type Demo,
  itemOf,
  logIn,
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

describe("a login", () => {
  test("ends at the result: who, the basic items, every check", async () => {
    const agent = new UserAgent();
    const answer = await logIn(agent, demo);
    assert.equal(answer.url, `${demo.worker.origin}/result`);
    assert.equal(answer.status, 200);
    assert.equal(titleOf(answer), texts.ja.result.title);
    assert.ok(answer.text.includes(`data-sub>${pairwiseSubject(clientId, "ordinary")}<`));
    assert.ok(itemOf(answer, "name").includes("本人　太郎"));
    assert.ok(itemOf(answer, "address").includes("東京都架空区見本町１丁目２番３号"));
    assert.ok(itemOf(answer, "birthdate").includes("1980年2月17日（昭和55年）"));
    assert.ok(itemOf(answer, "gender").includes("男性"));
    const checks = checksOf(answer);
    assert.deepEqual(checks.map(({ id }) => id).sort(), [...checkIds].sort());
    assert.deepEqual(new Set(checks.map(({ status }) => status)), new Set(["passed", "skipped"]));
    for (const id of [
      "signature",
      "issuer",
      "audience",
      "expiration",
      "nonce",
      "access-token-hash",
    ] as const) {
      assert.ok(
        checks.some((check) => check.id === id && check.status === "passed"),
        id,
      );
      assert.ok(answer.text.includes(`<span class="check-title">${texts.ja.checks[id]}</span>`));
    }
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.doesNotMatch(answer.text, /eyJ/, "a token on the page");
  });

  test("goes on in English, and the page is there in both languages", async () => {
    const agent = new UserAgent();
    const answer = await logIn(agent, demo, { lang: "en", person: "unknown-day" });
    assert.equal(answer.url, `${demo.worker.origin}/en/result`);
    assert.equal(titleOf(answer), texts.en.result.title);
    assert.ok(itemOf(answer, "birthdate").includes("March 1955 (day unknown)"));
    const japanese = await agent.get(`${demo.worker.origin}/result`);
    assert.ok(itemOf(japanese, "birthdate").includes("1955年3月（日は不明）"));
  });

  test("asks for what was chosen only", async () => {
    const answer = await logIn(new UserAgent(), demo, { scopes: ["openid", "name", "gender"] });
    assert.equal(answer.url, `${demo.worker.origin}/result`);
    assert.ok(itemOf(answer, "name").includes("本人　太郎"));
    assert.ok(itemOf(answer, "gender").includes("男性"));
    assert.ok(itemOf(answer, "address").includes(texts.ja.result.notAsked));
    assert.ok(itemOf(answer, "birthdate").includes(texts.ja.result.notAsked));
    assert.ok(answer.text.includes("openid name gender</p>"));
  });

  test("without any item it does not ask the userinfo endpoint", async () => {
    const { userinfo } = demo.emulator.requests;
    const answer = await logIn(new UserAgent(), demo, { scopes: ["openid"] });
    assert.equal(titleOf(answer), texts.ja.result.title);
    assert.ok(itemOf(answer, "name").includes(texts.ja.result.notAsked));
    assert.equal(demo.emulator.requests.userinfo, userinfo);
  });

  test("a bare link to the login comes back to the result in its language", async () => {
    const agent = new UserAgent();
    const testCard = await agent.get(`${demo.worker.origin}/auth/login?lang=en`);
    const answer = await agent.post(testCard.url, { response: "normal", person: "ordinary" });
    assert.equal(answer.url, `${demo.worker.origin}/en/result`);
  });

  test("a scope that is none of the basic items is not passed on", async () => {
    const agent = new UserAgent();
    const url = `${demo.worker.origin}/auth/login?scope=openid&scope=sign&scope=name%20address`;
    const response = await agent.send(url, { method: "GET" });
    const location = new URL(response.headers.get("location") ?? "");
    assert.equal(location.searchParams.get("scope"), "openid");
  });

  test("markup in a name stays text", async () => {
    const answer = await logIn(new UserAgent(), demo, { person: "markup" });
    assert.ok(itemOf(answer, "name").includes("&lt;b&gt;記号&lt;/b&gt;"));
    assert.doesNotMatch(answer.text, /<script>|<b>/);
  });

  test("items that did not arrive are said to be missing", async () => {
    const answer = await logIn(new UserAgent(), demo, { person: "no-basic-items" });
    for (const item of ["name", "address", "birthdate", "gender"]) {
      assert.ok(itemOf(answer, item).includes(texts.ja.result.notSent), item);
    }
  });

  test("twenty at once share one fetch of the keys", async () => {
    const logins = await Promise.all(Array.from({ length: 20 }, () => logIn(new UserAgent(), demo)));
    for (const answer of logins) assert.equal(titleOf(answer), texts.ja.result.title);
    assert.equal(demo.emulator.requests.jwks, 1);
  });
});

describe("after the login", () => {
  test("the session is a cookie that scripts cannot read", async () => {
    const agent = new UserAgent();
    const query = new URLSearchParams({ return_to: "/result", lang: "ja" });
    const testCard = await agent.get(`${demo.worker.origin}/auth/login?${query}`);
    const chosen = await agent.send(testCard.url, {
      method: "POST",
      body: new URLSearchParams({ response: "normal", person: "ordinary" }),
    });
    // The emulator resumes at its own address before it sends the browser back.
    const resumed = await agent.send(chosen.headers.get("location") ?? "", { method: "GET" });
    const callback = await agent.send(resumed.headers.get("location") ?? "", { method: "GET" });
    assert.equal(callback.status, 303);
    assert.equal(callback.headers.get("location"), `${demo.worker.origin}/result`);
    const cookies = callback.headers.getSetCookie();
    assert.ok(
      cookies.some((cookie) =>
        /^honnin-session-[0-9a-f]{8}=eyJ[^;]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/.test(cookie),
      ),
    );
    // In place of the login: where it led to.
    assert.ok(cookies.some((cookie) => /^honnin-login-[^=]+=eyJ[^;]+; .*Max-Age=120;/.test(cookie)));
    const again = await agent.send(callback.url, { method: "GET" });
    assert.equal(again.status, 303);
    assert.equal(again.headers.get("location"), `${demo.worker.origin}/result`);
    assert.deepEqual(again.headers.getSetCookie(), []);
  });

  test("logging out forgets the result, not just the cookie", async () => {
    const agent = new UserAgent();
    await logIn(agent, demo);
    const { origin } = demo.worker;
    const kept = agent.cookieHeader(origin);
    const answer = await agent.post(`${origin}/auth/logout?return_to=%2Fen%2F&lang=en`, {});
    assert.equal(answer.url, `${origin}/en/`);
    assert.equal(titleOf(await agent.get(`${origin}/result`)), texts.ja.noResult.none.title);
    // Somebody who kept the cookie has no session any more.
    const replayed = await fetch(`${origin}/result`, { headers: { cookie: kept } });
    const text = await replayed.text();
    assert.ok(text.includes(`<h1>${texts.ja.noResult.none.title}</h1>`));
    assert.ok(!text.includes("本人　太郎"));
  });

  test("another site cannot log anybody out", async () => {
    const agent = new UserAgent();
    await logIn(agent, demo);
    const { origin } = demo.worker;
    const response = await fetch(`${origin}/auth/logout`, {
      method: "POST",
      headers: { cookie: agent.cookieHeader(origin), origin: "https://evil.example" },
    });
    assert.equal(response.status, 403);
    assert.match(await response.text(), /data-code="cross-site-request-refused"/);
    assert.equal(titleOf(await agent.get(`${origin}/result`)), texts.ja.result.title);
  });

  test("without a session the result page offers the button", async () => {
    for (const [lang, path] of [
      ["ja", "/result"],
      ["en", "/en/result"],
    ] as const) {
      const answer = await new UserAgent().get(demo.worker.origin + path);
      assert.equal(answer.status, 200);
      assert.equal(titleOf(answer), texts[lang].noResult.none.title);
      assert.ok(answer.text.includes('action="/auth/login"'));
      assert.equal(answer.headers.get("cache-control"), "no-store");
    }
  });

  test("an altered session is none", async () => {
    const response = await fetch(`${demo.worker.origin}/result`, {
      headers: { cookie: "honnin-session=eyJhbGciOiJkaXIifQ..a.b.c" },
    });
    assert.ok((await response.text()).includes(texts.ja.noResult.none.title));
  });
});

describe("a refusal", () => {
  test("is a page in the language of the login, with the code, the check that failed, and the try-again link", async () => {
    const agent = new UserAgent({ "accept-language": "ja" });
    const answer = await logIn(agent, demo, { lang: "en", response: "wrong-issuer" });
    assert.equal(codeOf(answer), "issuer-mismatch");
    assert.equal(answer.status, 502);
    assert.ok(answer.text.includes('<html lang="en">'));
    assert.ok(answer.text.includes(texts.en.errors["issuer-mismatch"]));
    assert.deepEqual(checksOf(answer)[0], { id: "issuer", status: "failed" });
    assert.ok(checksOf(answer).some(({ id, status }) => id === "signature" && status === "passed"));
    assert.ok(answer.text.includes('<a class="button primary" href="/en/">'));
    assert.equal(answer.headers.get("cache-control"), "no-store");
    // Spent: coming back to the same address is the same refusal, and there is no session.
    assert.equal(codeOf(await agent.get(answer.url)), "issuer-mismatch");
    assert.equal(titleOf(await agent.get(`${demo.worker.origin}/result`)), texts.ja.noResult.none.title);
  });

  for (const [response, code] of [
    ["access_denied", "login-denied"],
    ["server_error", "authorization-unavailable"],
    ["broken-signature", "signature-mismatch"],
    ["alg-none", "algorithm-not-allowed"],
    ["userinfo-other-sub", "subject-mismatch"],
    ["token-fail", "endpoint-unavailable"],
  ] as const) {
    test(`${response} ends in ${code}`, async () => {
      const answer = await logIn(new UserAgent(), demo, { response });
      assert.equal(codeOf(answer), code);
      assert.ok(answer.text.includes(texts.ja.errors[code]));
    });
  }

  test("a return address outside the site, or two of them", async () => {
    const { origin } = demo.worker;
    for (const query of [
      "return_to=https%3A%2F%2Fevil.example",
      "return_to=%2F%2Fevil.example",
      "return_to=%2Fa&return_to=%2Fb",
    ]) {
      const answer = await new UserAgent().get(`${origin}/auth/login?${query}&lang=en&scope=openid`);
      assert.equal(codeOf(answer), "return-address-refused", query);
      assert.equal(answer.status, 400);
      assert.ok(answer.text.includes('<html lang="en">'));
    }
  });

  test("a method that the route does not take", async () => {
    const response = await fetch(`${demo.worker.origin}/auth/logout`);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
    assert.match(await response.text(), /data-code="method-not-allowed"/);
  });
});

test("what the worker writes holds codes, and nothing of anybody", async () => {
  const agent = new UserAgent();
  await logIn(agent, demo);
  await logIn(agent, demo, { response: "wrong-nonce" });
  await until(() => demo.worker.logs.some((line) => line.startsWith("login refused: nonce-mismatch ")));
  const logs = demo.worker.logs.join("\n");
  assert.doesNotMatch(logs, /eyJ|本人|太郎|架空/);
  assert.ok(!logs.includes(pairwiseSubject(clientId, "ordinary")));
  for (const line of demo.worker.logs)
    assert.match(line, /^login refused: [a-z-]+ \([^()]*(\([^()]*\))?[^()]*\)$/);
});
