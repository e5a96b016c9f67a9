import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { verifySignedPackage } from "honnin";
import { certificateCodes } from "../../../src/error.js";
import { HonninError, type SigningOptions } from "../../../src/relying-party/index.js";
import { endsSignature } from "../../../src/relying-party/signing/endings.js";
import { codeOf } from "../browser.js";
import { always, json, type Misbehaviour } from "../op.js";
import { site, startWorld, straighten, type World } from "../setup.js";
import {
  digestOf,
  documentBytes,
  ecKey,
  encrypt,
  makeKey,
  next,
  now,
  payloadOf,
  revoked,
  rsaKey,
  rules,
  today,
  unknownPolicy,
} from "./cards.js";
import { form, openSite, type SigningSite, sealRsa } from "./site.js";

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

/** Signs all the way, and says where it ended. */
async function signOnce(signing: Partial<SigningOptions> = {}, fields: Record<string, string> = form) {
  const opened = openSite(world, signing);
  const response = await opened.browser.send(await opened.begin(fields));
  return { ...opened, response };
}

/** That nothing is left of a signature. */
function assertGone({ store, browser }: Pick<SigningSite, "store" | "browser">): void {
  assert.equal(store.entries.size, 0);
  assert.deepEqual(browser.named("honnin-signature"), []);
  assert.deepEqual(browser.named("honnin-login"), []);
}

test("a whole signature: hash, authorization, result, verification, package; no session is made", async () => {
  const opened = openSite(world);
  const posted = await opened.post({ ...form, return_to: "/deeds?id=1", lang: "en" });
  const url = new URL(posted.headers.get("location") ?? "");
  assert.equal(posted.status, 303);
  assert.equal(url.searchParams.get("scope"), "openid sign");
  const [[id] = []] = world.provider.transactions;
  assert.equal(url.searchParams.get("sign_transaction_id"), id);
  assert.match(url.searchParams.get("state") ?? "", /^sign-[\w-]{43}$/);

  const response = await opened.browser.send(world.provider.authorize(url.href));
  assert.equal(response.status, 303, await response.clone().text());
  assert.equal(response.headers.get("location"), `${site}/deeds?id=1`);
  const [signed] = opened.signings;
  assert.ok(signed?.verification === "passed");
  assert.equal(signed.sub, world.provider.sub);
  assert.equal(signed.claims.iss, world.provider.environment.issuer);
  assert.equal(signed.loginReport.steps.find(({ id: step }) => step === "nonce")?.status, "passed");
  assert.deepEqual(signed.document, { name: form.name, mediaType: form.type, size: documentBytes.length });
  assert.equal(signed.transaction.id, id);
  assert.equal(signed.transaction.scheme, "rsa-pkcs1-sha256");
  assert.equal(signed.returnTo, "/deeds?id=1");
  assert.equal(signed.lang, "en");
  assert.deepEqual(Buffer.from(signed.certificate), Buffer.from(today.certificate));
  assert.equal(signed.package, signed.signature.package);
  assert.equal(signed.signature.revocation.status, "good");
  const { revocation: _revocation, ...path } = rules();
  const verified = await verifySignedPackage(signed.package, {
    ...path,
    document: documentBytes,
  } as Parameters<typeof verifySignedPackage>[1]);
  assert.equal(verified.asOf, signed.signature.asOf);
  assertGone(opened);
  assert.equal(await opened.session(), undefined);
  assert.deepEqual(world.provider.complaints, []);
});

test("a session that is there stays as it is", async () => {
  const opened = openSite(world, {}, { onLogin: () => ({ session: "mine" }) });
  await opened.browser.send(await world.begin(opened.browser));
  await opened.browser.send(await opened.begin());
  assert.equal(opened.signings.length, 1);
  assert.equal(await opened.session(), "mine");
});

test("the method may be chosen by the form; the next card in either form, ECDH in the result", async () => {
  world.provider.seal = (data) => encrypt(payloadOf(next, data), { key: ecKey.pub });
  const digest = Buffer.from(digestOf("sha384")).toString("hex");
  for (const chosen of ["p384-bare", "p384-digest-info"]) {
    const { signings, response } = await signOnce(
      {
        method: (fields) => ({
          form: fields.get("method") === "p384-bare" ? "bare" : "digest-info",
          scheme: "ecdsa-p384-sha384",
        }),
        open: {
          keys: [rsaKey.priv, ecKey.priv],
          verify: async ({ scheme }) => rules(scheme === "ecdsa-p384-sha384" ? next : today),
        },
      },
      { ...form, digest, method: chosen },
    );
    assert.equal(response.status, 303, await response.text());
    assert.equal(signings[0]?.transaction.hash, "sha384");
    assert.equal(signings[0]?.transaction.form, chosen.slice(5));
    assert.equal(signings[0]?.verification, "passed");
  }
});

test("a document of the server's is hashed there", async () => {
  const asked: string[] = [];
  for (const data of [documentBytes, new Blob([documentBytes]), new Blob([documentBytes]).stream()]) {
    const { signings, response } = await signOnce(
      {
        documents: async (id, request) => {
          asked.push(`${id} ${new URL(request.url).pathname}`);
          return { name: "契約書.pdf", mediaType: "application/pdf", data };
        },
      },
      { document: "contract-1" },
    );
    assert.equal(response.status, 303, await response.text());
    assert.deepEqual(signings[0]?.document, {
      name: "契約書.pdf",
      mediaType: "application/pdf",
      size: documentBytes.length,
      id: "contract-1",
    });
    assert.equal(signings[0]?.transaction.digest, Buffer.from(digestOf()).toString("base64"));
  }
  assert.deepEqual(asked, Array(3).fill("contract-1 /auth/sign"));
});

test("forward: the result goes on unopened, and nobody says that it was verified", async () => {
  const seen: unknown[] = [];
  const { signings, response, store, browser } = await signOnce({
    open: undefined,
    forward: async (sealed, request) => {
      seen.push([new URL(request.url).pathname, Object.keys(sealed).sort(), sealed.result.split(".").length]);
      return { accepted: true };
    },
  });
  assert.equal(response.status, 303, await response.text());
  assert.deepEqual(seen, [["/auth/callback", ["document", "result", "sub", "transaction"], 5]]);
  const [signed] = signings;
  assert.ok(signed?.verification === "not_checked");
  assert.deepEqual(signed.forwarded, { accepted: true });
  for (const name of ["signature", "package", "certificate", "result"]) assert.equal(name in signed, false);
  assertGone({ store, browser });
});

test("what onSigned returns: a response with its headers, or another place to go to", async () => {
  const whole = await signOnce({
    onSigned: () =>
      new Response("signed", { status: 201, headers: { "x-mine": "1", "set-cookie": "mine=1" } }),
  });
  assert.equal(await whole.response.text(), "signed");
  assert.equal(whole.response.headers.get("x-mine"), "1");
  assert.match(whole.response.headers.getSetCookie().join("\n"), /mine=1\n?/);
  assertGone(whole);
  const elsewhere = await signOnce({ onSigned: () => ({ returnTo: "/done" }) });
  assert.equal(elsewhere.response.headers.get("location"), `${site}/done`);
  const default_ = await signOnce();
  assert.equal(default_.response.headers.get("location"), `${site}/`);
  for (const [outcome, code] of [
    ["text", "options-invalid"],
    [{ returnTo: "//other.example" }, "return-address-refused"],
  ] as const) {
    const wrong = await signOnce({ onSigned: () => outcome as never });
    assert.equal(await codeOf(wrong.response), code);
    // The site has it: it is not handed over a second time.
    assertGone(wrong);
  }
});

const begun: [string, string, boolean, (callback: URL) => URL][] = [
  ["cancelled", "signature-cancelled", true, (url) => error(url, "access_denied")],
  ["with a locked PIN", "signature-pin-locked", false, (url) => error(url, "pin_locked")],
  ["too late", "signature-transaction-expired", false, (url) => error(url, "transaction_expired")],
  // Another request may have the result at this moment.
  ["used", "signature-transaction-used", true, (url) => error(url, "transaction_used")],
  ["of another user", "signature-user-mismatch", false, (url) => error(url, "wrong_user")],
  ["refused", "authorization-refused", true, (url) => error(url, "invalid_request")],
  [
    "without a code",
    "authorization-response-malformed",
    true,
    (url) => (url.searchParams.delete("code"), url),
  ],
];
function error(url: URL, code: string): URL {
  url.searchParams.delete("code");
  url.searchParams.set("error", code);
  return url;
}
for (const [name, code, resumable, bend] of begun) {
  test(`an authorization ${name} is ${code}, ${resumable ? "and can be resumed" : "and ends the signature"}`, async () => {
    const opened = openSite(world);
    const response = await opened.browser.send(bend(await opened.begin()));
    assert.equal(await codeOf(response), code);
    assert.equal(opened.errors[0]?.[1].signing, true);
    assert.deepEqual(opened.browser.named("honnin-login"), []);
    if (!resumable) {
      assertGone(opened);
      assert.equal(opened.errors[0]?.[1].resumePath, undefined);
      assert.equal(await codeOf(await opened.resume()), "signature-not-found");
      return;
    }
    const again = await opened.browser.send(site + opened.errors[0]?.[1].resumePath);
    assert.equal(again.status, 303);
    assert.equal(world.provider.transactions.size, 1);
    const done = await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(done.status, 303, await done.text());
    assert.equal(opened.signings.length, 1);
    assertGone(opened);
  });
}

test("error names of the service can be changed for the callback, too", async () => {
  const opened = openSite(world, { names: { errors: { pinLocked: "sign_pin_blocked" } } });
  const response = await opened.browser.send(error(await opened.begin(), "sign_pin_blocked"));
  assert.equal(await codeOf(response), "signature-pin-locked");
});

const tokens: [string, string, () => void][] = [
  ["another nonce", "nonce-mismatch", () => void (world.provider.claims = { nonce: "x" })],
  ["another audience", "audience-mismatch", () => void (world.provider.claims = { aud: "x" })],
  [
    "a failing token endpoint",
    "endpoint-unreachable",
    () => void (world.provider.misbehave.token = always(503, "text/html", "")),
  ],
  [
    "a lost connection",
    "endpoint-unreachable",
    () => void (world.provider.misbehave.token = (_, r) => void r.destroy()),
  ],
];
for (const [name, code, misbehave] of tokens) {
  test(`an authorization with ${name} is ${code}; another one brings the signature`, async () => {
    const opened = openSite(world);
    const callback = await opened.begin();
    misbehave();
    assert.equal(await codeOf(await opened.browser.send(callback)), code);
    assert.equal(world.provider.resultRequests, 0);
    world.provider.claims = {};
    world.provider.misbehave = {};
    const again = await opened.resume();
    assert.match(again.headers.get("location") ?? "", /sign_transaction_id=/);
    await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(opened.signings.length, 1);
  });
}

const fetching: [string, string, Misbehaviour][] = [
  ["a lost connection", "endpoint-unreachable", (_, r) => void r.destroy()],
  ["an outage", "endpoint-unreachable", always(503, "text/html", "")],
  ["a time-out", "endpoint-timeout", () => {}],
  ["a result that is not there yet", "signature-result-pending", (_, r) => json(r, 202, {})],
  ["a refusal", "signature-result-refused", (_, r) => json(r, 403, { error: "forbidden" })],
];
for (const [name, code, misbehave] of fetching) {
  test(`after ${name} while fetching, resuming fetches again, without another authorization`, async () => {
    const opened = openSite(world, {}, { timeout: 0.3 });
    const callback = await opened.begin();
    world.provider.misbehave.result = misbehave;
    const stopped = await opened.browser.send(callback);
    assert.equal(await codeOf(stopped), code);
    assert.equal(opened.store.entries.size, 1);
    const path = opened.errors[0]?.[1].resumePath ?? "";
    assert.match(path, /^\/auth\/sign\/resume\?signature=[0-9a-f]{16}&lang=ja$/);
    assert.ok((await stopped.text()).includes(`<a href="${path.replace("&", "&#38;")}">署名を続ける</a>`));
    // The same page again, while nothing has changed.
    assert.equal(await codeOf(await opened.browser.send(site + path)), code);
    world.provider.misbehave = {};
    const done = await opened.browser.send(site + path);
    assert.equal(done.status, 303, await done.text());
    assert.equal(opened.signings.length, 1);
    assert.equal(world.provider.tokenRequests.filter(({ form: { size } }) => size > 0).length, 2);
    assertGone(opened);
  });
}

test("a result that comes late is waited for", async () => {
  world.provider.late = 2;
  const { response, signings } = await signOnce({ attempts: 3 });
  assert.equal(response.status, 303);
  assert.equal(signings.length, 1);
});

const endings: [string, string, Misbehaviour][] = [
  ["of another user", "signature-user-mismatch", (_, r) => json(r, 403, { error: "wrong_user" })],
  ["expired", "signature-transaction-expired", (_, r) => json(r, 410, { error: "transaction_expired" })],
  ["malformed", "signature-result-malformed", (_, r) => json(r, 200, { result: 7 })],
];
for (const [name, code, misbehave] of endings) {
  test(`a result that is ${name} ends the signature as ${code}`, async () => {
    world.provider.misbehave.result = misbehave;
    const { response, errors, ...opened } = await signOnce();
    assert.equal(await codeOf(response), code);
    assert.equal(errors[0]?.[1].resumePath, undefined);
    assertGone(opened);
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  });
}

test("an access token that lapsed is refreshed once", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  world.provider.misbehave.result = (_, r) => json(r, 503, {});
  await opened.browser.send(callback);
  world.provider.misbehave = {};
  world.provider.expireTokens();
  assert.equal((await opened.resume()).status, 303);
  assert.equal(opened.signings.length, 1);
  assert.deepEqual(
    world.provider.tokenRequests.map(({ form: sent }) => [sent.get("grant_type"), sent.get("refresh_token")]),
    [
      ["client_credentials", null],
      ["authorization_code", null],
      ["refresh_token", "refresh-1"],
    ],
  );
});

test("one that stays refused is forgotten: resuming leads through another authorization", async () => {
  for (const hasRefreshToken of [true, false]) {
    straighten(world);
    const opened = openSite(world);
    const callback = await opened.begin();
    world.provider.misbehave.result = (_, r) => json(r, 401, { error: "invalid_token" });
    if (!hasRefreshToken) world.provider.tokens = { refresh_token: undefined };
    assert.equal(await codeOf(await opened.browser.send(callback)), "signature-result-refused");
    assert.equal(world.provider.resultRequests, hasRefreshToken ? 2 : 1);
    world.provider.misbehave = {};
    const again = await opened.resume();
    assert.match(again.headers.get("location") ?? "", /sign_transaction_id=/);
    await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
    assert.equal(opened.signings.length, 1);
    assertGone(opened);
  }
});

test("a refresh that is refused is a refused result; one that cannot be asked for is an outage", async () => {
  for (const [misbehave, code] of [
    [
      (_: unknown, r: Parameters<Misbehaviour>[1]) => json(r, 400, { error: "invalid_grant" }),
      "signature-result-refused",
    ],
    [always(503, "text/html", ""), "endpoint-unreachable"],
  ] as const) {
    const opened = openSite(world);
    const callback = await opened.begin();
    world.provider.misbehave.result = (_, r) => json(r, 503, {});
    await opened.browser.send(callback);
    world.provider.misbehave = { token: misbehave };
    world.provider.expireTokens();
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(opened.store.entries.size, 1);
    world.provider.claims = {};
    world.provider.misbehave = {};
  }
});

test("an ID token that comes with refreshed tokens has to be about the same person", async () => {
  for (const [claims, code] of [
    [{}, undefined],
    [{ sub: "somebody-else" }, "subject-mismatch"],
    [{ aud: "another-client" }, "audience-mismatch"],
  ] as const) {
    straighten(world);
    const opened = openSite(world);
    const callback = await opened.begin();
    world.provider.misbehave.result = (_, r) => json(r, 503, {});
    await opened.browser.send(callback);
    world.provider.misbehave = {};
    world.provider.expireTokens();
    world.provider.refreshed = claims;
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(opened.signings.length, code === undefined ? 1 : 0);
  }
});

const results: [string, string, boolean, (data: Uint8Array) => string | Promise<string>][] = [
  ["over another hash", "signature-mismatch", false, (data) => sealRsa(data.map((byte) => byte ^ 1))],
  ["by a revoked card", "certificate-revoked", false, (data) => encrypt(payloadOf(revoked, data))],
  ["under an unknown policy", "policy-unsupported", false, (data) => encrypt(payloadOf(unknownPolicy, data))],
  ["that is garbage inside", "signature-result-malformed", false, () => encrypt("garbage")],
  [
    "in another algorithm",
    "algorithm-not-allowed",
    false,
    async (data) =>
      encrypt(payloadOf(today, data), { key: { ...rsaKey.pub, alg: "RSA-OAEP" }, alg: "RSA-OAEP" }),
  ],
  [
    "for another key",
    "signature-result-undecryptable",
    true,
    async (data) => encrypt(payloadOf(today, data), { key: (await makeKey("RSA-OAEP-256")).pub }),
  ],
];
for (const [name, code, stays, seal] of results) {
  test(`a result ${name} is ${code}`, async () => {
    world.provider.seal = seal;
    const { response, ...opened } = await signOnce();
    assert.equal(await codeOf(response), code);
    assert.equal(opened.signings.length, 0);
    if (!stays) return assertGone(opened);
    assert.equal(opened.store.entries.size, 1);
    assert.equal(await codeOf(await opened.resume()), code);
    assert.equal(world.provider.resultRequests, 1);
  });
}

test("what is wrong with our own settings or package, or with evidence, does not end a signature", () => {
  for (const code of certificateCodes) {
    const stays =
      /^(revocation-unknown|input-too-large|anchor-missing|issuer-not-found|environment-mismatch|.*-budget-exhausted|(crl|ocsp|evidence|package)-.*)$/.test(
        code,
      );
    assert.equal(endsSignature("opening", code), !stays, code);
    for (const phase of ["authorizing", "fetching", "hook"] as const) {
      assert.equal(endsSignature(phase, code), false, code);
    }
  }
});

test("evidence that could not be fetched loses nothing: resuming verifies what is here", async () => {
  let out = true;
  const { revocation: _revocation, ...path } = rules();
  const verify = () => ({
    ...path,
    revocation: {
      require: "certificate" as const,
      fetch: () => {
        if (out) throw new Error("the responder is out");
        return { crls: rules().revocation?.crls };
      },
    },
  });
  const { response, ...opened } = await signOnce({ open: { keys: rsaKey.priv, verify } as never });
  assert.equal(await codeOf(response), "revocation-unknown");
  assert.match(await response.text(), /有効性を確認できませんでした/);
  out = false;
  assert.equal((await opened.resume()).status, 303);
  assert.equal(opened.signings.length, 1);
  assert.equal(world.provider.resultRequests, 1);
  assertGone(opened);
});

test("revocation is required unless the site says otherwise, and a result says which", async () => {
  const { revocation: _revocation, ...path } = rules();
  for (const [revocation, code, status] of [
    [undefined, "revocation-unknown", undefined],
    [{}, "revocation-unknown", undefined],
    [{ require: undefined }, "revocation-unknown", undefined],
    [{ crls: rules().revocation?.crls }, undefined, "good"],
    [{ require: "nothing" }, undefined, "not_checked"],
  ] as const) {
    for (const verify of [{ ...path, revocation }, () => ({ ...path, revocation })]) {
      const { response, signings } = await signOnce({ open: { keys: rsaKey.priv, verify } as never });
      assert.equal(await codeOf(response), code);
      const [signed] = signings;
      assert.equal(
        signed?.verification === "passed" ? signed.signature.revocation.status : undefined,
        status,
      );
    }
  }
});

test("what the site's hooks throw loses nothing, and is told to onError alone", async () => {
  for (const hook of ["onSigned", "forward"] as const) {
    straighten(world);
    let calls = 0;
    const fails = () => {
      calls += 1;
      if (calls === 1) throw new Error("the database is out");
    };
    const use = hook === "forward" ? { open: undefined, forward: fails } : { onSigned: fails };
    const { response, errors, ...opened } = await signOnce(use);
    assert.equal(response.status, 500);
    assert.equal(await codeOf(response), "internal-error");
    assert.doesNotMatch(await response.text(), /database/);
    assert.equal((errors[0]?.[0].cause as Error).message, "the database is out");
    assert.equal((await opened.resume()).status, 303);
    assert.equal(calls, 2);
    assert.equal(world.provider.resultRequests, 1);
    assertGone(opened);
  }
});

test("codes that a hook brings from elsewhere lose nothing: only those about the transaction end it", async () => {
  const { revocation: _revocation, ...path } = rules();
  for (const code of [
    "certificate-revoked",
    "policy-unsupported",
    "holder-missing",
    "signature-mismatch",
    "signature-result-malformed",
    "signature-not-found",
  ] as const) {
    for (const hook of ["onSigned", "forward", "verify"] as const) {
      straighten(world);
      let calls = 0;
      const fails = () => {
        calls += 1;
        if (calls === 1) throw new HonninError(code, "Of something else.");
        return { ...path, revocation: rules().revocation };
      };
      const { response, errors, ...opened } = await signOnce(
        {
          onSigned: { open: { keys: rsaKey.priv, verify: rules() }, onSigned: () => void fails() },
          forward: { open: undefined, forward: fails },
          verify: { open: { keys: rsaKey.priv, verify: fails as never } },
        }[hook] as Partial<SigningOptions>,
      );
      assert.equal(await codeOf(response), code);
      assert.notEqual(errors[0]?.[1].resumePath, undefined, `${hook} ${code}`);
      assert.equal((await opened.resume()).status, 303, `${hook} ${code}`);
      assert.equal(calls, 2);
      assert.equal(world.provider.resultRequests, 1);
      assertGone(opened);
    }
  }
});

test("a site may refuse the signer, which ends the signature", async () => {
  const { response, ...opened } = await signOnce({
    onSigned: () => {
      throw new HonninError("signature-user-mismatch", "Somebody else is logged in here.");
    },
  });
  assert.equal(await codeOf(response), "signature-user-mismatch");
  assertGone(opened);
});

test("told that the result was used, a request looks for it in the store first", async () => {
  const opened = openSite(world, {
    onSigned: () => {
      throw new Error("not yet");
    },
  });
  const callback = await opened.begin();
  world.provider.misbehave.result = (_, r) => json(r, 503, {});
  await opened.browser.send(callback);
  const [[id, authorized] = []] = [...opened.store.entries];
  assert.ok(id !== undefined && authorized !== undefined);
  world.provider.misbehave = {};
  await opened.resume();
  const fetched = opened.store.entries.get(id);
  let reads = 0;
  const get = opened.store.get.bind(opened.store);
  opened.store.get = async (key) => {
    reads += 1;
    return reads === 1 ? authorized.value : (fetched?.value ?? get(key));
  };
  assert.equal(await codeOf(await opened.resume()), "internal-error");
  assert.equal(world.provider.resultRequests, 4);
  assert.equal(opened.errors.at(-1)?.[1].resumePath !== undefined, true);
});

test("two tabs: each callback and each resumption goes on with its own", async () => {
  const opened = openSite(world);
  const first = await opened.begin({ ...form, name: "first", return_to: "/first" });
  const second = await opened.begin({ ...form, name: "second", return_to: "/second" });
  world.provider.misbehave.result = (_, r) => json(r, 202, {});
  await opened.browser.send(first);
  await opened.browser.send(second);
  assert.equal(opened.store.entries.size, 2);
  assert.equal(opened.browser.named("honnin-signature").length, 2);
  world.provider.misbehave = {};
  const [one, two] = opened.errors.map(([, { resumePath }]) => resumePath ?? assert.fail());
  assert.notEqual(one, two);
  assert.equal((await opened.browser.send(site + one)).headers.get("location"), `${site}/first`);
  assert.equal((await opened.resume()).headers.get("location"), `${site}/second`);
  assert.deepEqual(
    opened.signings.map(({ document }) => document.name),
    ["first", "second"],
  );
  assertGone(opened);
});

test("a second callback of one signature does not undo what the first has brought", async () => {
  const opened = openSite(world, {
    onSigned: () => {
      throw new Error("not yet");
    },
  });
  const first = await opened.begin();
  const again = world.provider.authorize((await opened.resume()).headers.get("location") ?? "");
  assert.equal(await codeOf(await opened.browser.send(first)), "internal-error");
  assert.equal(await codeOf(await opened.browser.send(again)), "internal-error");
  // The result is fetched once, and the second callback used it.
  assert.equal(world.provider.resultRequests, 1);
});

test("what the service says in a second tab does not undo a result that is here", async () => {
  let out = true;
  const opened = openSite(world, {
    onSigned: () => {
      if (out) throw new Error("not yet");
    },
  });
  const first = await opened.begin();
  const second: URL[] = [];
  for (const _ of ["expired", "nonce"]) {
    second.push(world.provider.authorize((await opened.resume()).headers.get("location") ?? ""));
  }
  await opened.browser.send(first);
  const [a, b] = second;
  assert.ok(a && b);
  const expired = await opened.browser.send(error(a, "transaction_expired"));
  assert.equal(await codeOf(expired), "signature-transaction-expired");
  world.provider.claims = { nonce: "x", iss: "https://other.example" };
  assert.equal(await codeOf(await opened.browser.send(b)), "issuer-mismatch");
  world.provider.claims = {};
  out = false;
  assert.equal((await opened.resume()).status, 303);
  assert.equal(world.provider.resultRequests, 1);
  assertGone(opened);
});

test("a second tab's callback after the first has finished finds nothing to go on with", async () => {
  const opened = openSite(world);
  const first = await opened.begin();
  const second = world.provider.authorize((await opened.resume()).headers.get("location") ?? "");
  // The first one finishes while the second one is at the token endpoint.
  let finishing: Promise<Response> | undefined;
  const get = opened.store.get.bind(opened.store);
  let reads = 0;
  opened.store.get = async (id) => {
    reads += 1;
    if (reads === 2) {
      finishing = opened.browser.send(first);
      await finishing;
    }
    return get(id);
  };
  const late = await opened.browser.send(second);
  assert.equal((await finishing)?.status, 303);
  assert.equal(await codeOf(late), "signature-not-found");
  assert.equal(opened.errors[0]?.[1].resumePath, undefined);
  assert.equal(opened.signings.length, 1);
  assertGone(opened);
});

test("resuming from another browser, without the cookie or with another one, finds nothing", async () => {
  const opened = openSite(world);
  await opened.begin();
  const stranger = openSite(world);
  assert.equal(await codeOf(await stranger.resume()), "signature-not-found");
  assert.equal(await codeOf(await opened.resume("?signature=AAAAAAAA")), "signature-not-found");
  assert.equal(await codeOf(await opened.resume("?signature=a&signature=b")), "signature-not-found");
  const [name = ""] = opened.browser.named("honnin-signature");
  const cookie = opened.browser.cookies.get(name) ?? assert.fail();
  const { value } = cookie;
  for (const altered of [
    `${value.slice(0, -1)}${value.endsWith("A") ? "E" : "A"}`,
    "x",
    "",
    value.repeat(20),
  ]) {
    cookie.value = altered;
    assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  }
});

test("a record that the store has lost, mixed up or kept too long counts for nothing", async () => {
  const opened = openSite(world);
  const first = await opened.begin();
  const second = await opened.begin();
  const [a, b] = [...opened.store.entries.values()];
  assert.ok(a && b);
  [a.value, b.value] = [b.value, a.value];
  assert.equal(await codeOf(await opened.browser.send(first)), "signature-not-found");
  [a.value, b.value] = [b.value, a.value];
  world.now = now + 599;
  assert.notEqual(await codeOf(await opened.resume()), "signature-not-found");
  world.now = now + 600;
  const late = await opened.browser.send(second);
  assert.equal(await codeOf(late), "signature-not-found");
  assert.equal(late.status, 404);
  assert.equal(world.provider.tokenRequests.filter(({ form: sent }) => sent.has("code")).length, 0);
  const altered = openSite(world);
  const callback = await altered.begin();
  for (const entry of altered.store.entries.values()) entry.value = `${entry.value.slice(0, -2)}AA`;
  assert.equal(await codeOf(await altered.browser.send(callback)), "signature-not-found");
});

test("a store that fails: before the result an error, with the result at hand no loss", async () => {
  const opened = openSite(world);
  opened.store.fail = { set: true };
  const refused = await opened.post();
  assert.equal(await codeOf(refused), "internal-error");
  opened.store.fail = {};
  const callback = await opened.begin();
  const set = opened.store.set.bind(opened.store);
  let sets = 0;
  opened.store.set = async (...given) => {
    sets += 1;
    // The code that is handed in, and the tokens.
    if (sets > 2) throw new Error("the store is out");
    return set(...given);
  };
  opened.store.fail = { delete: true };
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(opened.signings.length, 1);
  opened.store.fail = { get: true };
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
});

test("each stage may take its time; the store is told how long", async () => {
  const opened = openSite(world, { transactionLifetime: 120 });
  const callback = await opened.begin();
  assert.deepEqual(
    [...opened.store.entries.values()].map(({ seconds }) => seconds),
    [120],
  );
  world.now = now + 119;
  world.provider.misbehave.result = (_, r) => json(r, 202, {});
  assert.equal(await codeOf(await opened.browser.send(callback)), "signature-result-pending");
  world.now = now + 119 + 119;
  world.provider.misbehave = {};
  assert.equal((await opened.resume()).status, 303);
});

test("acr values are asked for and required as in a login", async () => {
  const opened = openSite(world, {}, { acrValues: "aal3", requiredAcrValues: ["aal3"] });
  const callback = await opened.begin();
  world.provider.claims = { acr: "aal1" };
  assert.equal(await codeOf(await opened.browser.send(callback)), "acr-mismatch");
  world.provider.claims = { acr: "aal3" };
  const again = await opened.resume();
  assert.match(again.headers.get("location") ?? "", /acr_values=aal3/);
  await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
  assert.equal(opened.signings.length, 1);
});

test("a login's callback is a login, also where documents are signed", async () => {
  let logins = 0;
  const opened = openSite(world, {}, { onLogin: () => void (logins += 1) });
  await opened.browser.send(await world.begin(opened.browser));
  assert.equal(logins, 1);
  assert.deepEqual(opened.browser.named("honnin-signature"), []);
});

test("a callback for a signature at a site that has none any more makes no session", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  const { browser, party } = world.party();
  for (const [name, cookie] of opened.browser.cookies) browser.cookies.set(name, cookie);
  const response = await browser.send(callback);
  assert.equal(await codeOf(response), "signature-not-found");
  assert.equal(
    await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })),
    undefined,
  );
  assert.equal(world.provider.tokenRequests.filter(({ form: sent }) => sent.has("code")).length, 0);
});

test("neither tokens, keys, names nor certificates get into errors, the store or pages", async () => {
  const secrets = [
    String(rsaKey.priv.d),
    "refresh-1",
    "委任状",
    "見本",
    form.digest,
    Buffer.from(digestOf()).toString("base64"),
    Buffer.from(today.certificate).toString("base64").slice(20, 60),
  ];
  for (const misbehave of [
    () => void (world.provider.misbehave.result = (_, r) => json(r, 403, { error: "x y 見本" })),
    () => void (world.provider.misbehave.result = (_, r) => void r.destroy()),
    () => void (world.provider.seal = () => encrypt("garbage 見本")),
    () => void (world.provider.seal = (data) => encrypt(payloadOf(revoked, data))),
    () => void (world.provider.seal = (data) => sealRsa(data.map((byte) => byte ^ 1))),
  ]) {
    straighten(world);
    world.provider.seal = sealRsa;
    misbehave();
    const { response, ...opened } = await signOnce();
    assert.equal(opened.errors.length, 1);
    assert.ok(opened.store.history.length >= 2 && world.provider.issued.length >= 2);
    const seen = [await response.text(), opened.traces(), opened.browser.cookieHeader].join("\n");
    for (const secret of [...secrets, ...world.provider.issued]) assert.ok(!seen.includes(secret), secret);
  }
});
