// A signature from the form to the package, and what the site gets of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifySignedPackage } from "honnin";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site, straighten } from "../setup.js";
import {
  digestOf,
  documentBytes,
  ecKey,
  encrypt,
  next,
  payloadOf,
  revoked,
  rsaKey,
  rules,
  today,
} from "./cards.js";
import { assertGone, form, openSite, sealRsa, signOnce, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("a whole signature: hash, authorization, result, verification, package; no session is made", async () => {
  const opened = openSite(world);
  const posted = await opened.post({ ...form, return_to: "/deeds?id=1", lang: "en" });
  const url = new URL(posted.headers.get("location") ?? "");
  assert.equal(posted.status, 303);
  assert.equal(url.searchParams.get("scope"), "openid sign");
  const [[id] = []] = world.provider.signing.transactions;
  assert.equal(url.searchParams.get("sign_transaction_id"), id);
  assert.match(url.searchParams.get("state") ?? "", /^sign-h[0-9a-f]{8}-[\w-]{43}$/);

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
  assert.equal(signed.language, "en");
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
  const opened = openSite(world, {}, { onLogin: () => ({ sessionData: "mine" }) });
  await opened.browser.send(await world.begin(opened.browser));
  await opened.browser.send(await opened.begin());
  assert.equal(opened.signings.length, 1);
  assert.equal(await opened.session(), "mine");
});

test("the method may be chosen by the form; the next card in either form, ECDH in the result", async () => {
  world.provider.signing.seal = (data) => encrypt(payloadOf(next, data), { key: ecKey.pub });
  const digest = Buffer.from(digestOf("sha384")).toString("hex");
  for (const chosen of ["p384-bare", "p384-digest-info"]) {
    const { signings, response } = await signOnce(
      world,
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
      world,
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
  const { signings, response, store, browser } = await signOnce(world, {
    open: undefined,
    forward: async (sealed, request) => {
      seen.push([new URL(request.url).pathname, Object.keys(sealed).sort(), sealed.result.split(".").length]);
      return { accepted: true };
    },
  });
  assert.equal(response.status, 303, await response.text());
  assert.deepEqual(seen, [["/auth/callback", ["document", "result", "sub", "transaction"], 5]]);
  const [signed] = signings;
  assert.ok(signed?.verification === "not-checked");
  assert.deepEqual(signed.forwarded, { accepted: true });
  for (const name of ["signature", "package", "certificate", "result"]) assert.equal(name in signed, false);
  assertGone({ store, browser });
});

test("what onSigned returns: a response with its headers, or another place to go to", async () => {
  const whole = await signOnce(world, {
    onSigned: () =>
      new Response("signed", { status: 201, headers: { "x-mine": "1", "set-cookie": "mine=1" } }),
  });
  assert.equal(await whole.response.text(), "signed");
  assert.equal(whole.response.headers.get("x-mine"), "1");
  assert.match(whole.response.headers.getSetCookie().join("\n"), /mine=1\n?/);
  assertGone(whole);
  const elsewhere = await signOnce(world, { onSigned: () => ({ returnTo: "/done" }) });
  assert.equal(elsewhere.response.headers.get("location"), `${site}/done`);
  const plain = await signOnce(world);
  assert.equal(plain.response.headers.get("location"), `${site}/`);
  for (const outcome of [
    "text",
    { returnTo: "//other.example" },
    { returnTo: "/auth/sign" },
    { location: "/" },
  ]) {
    const wrong = await signOnce(world, { onSigned: () => outcome as never });
    assert.equal(await codeOf(wrong.response), "options-invalid");
    // The site has it: it is not handed over a second time.
    assertGone(wrong);
  }
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
    () => {
      world.provider.misbehave.result = (_, r) => json(r, 403, { error: "x y 見本" });
    },
    () => {
      world.provider.misbehave.result = (_, r) => void r.destroy();
    },
    () => {
      world.provider.signing.seal = () => encrypt("garbage 見本");
    },
    () => {
      world.provider.signing.seal = (data) => encrypt(payloadOf(revoked, data));
    },
    () => {
      world.provider.signing.seal = (data) => sealRsa(data.map((byte) => byte ^ 1));
    },
  ]) {
    straighten(world);
    world.provider.signing.seal = sealRsa;
    misbehave();
    const { response, ...opened } = await signOnce(world);
    assert.equal(opened.errors.length, 1);
    assert.ok(opened.store.history.length >= 2 && world.provider.issued.length >= 2);
    const seen = [await response.text(), opened.traces(), opened.browser.cookieHeader].join("\n");
    for (const secret of [...secrets, ...world.provider.issued]) assert.ok(!seen.includes(secret), secret);
  }
});
