// Logins without pages: for all requests, for the next one, for a request that asks for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import { type Emulator, type NextAnswer, pairwiseSubject } from "../src/index.js";
import { Browser, emulator, newClient, RelyingParty, redirectUri } from "./support.js";

const [shop, other] = [newClient(), newClient("otherShop")];
const op = await emulator({ clients: [shop, other] });
const party = await RelyingParty.of(op, shop);

/** Where one authorization request leads without any click. */
async function visit(more: Record<string, string> = {}, by = party) {
  const request = await by.authorizationRequest(more);
  const browser = new Browser(op.origin);
  const { url, response } = await browser.get(request.url.href);
  return { ...request, url, response };
}

async function subjectOf(more: Record<string, string> = {}, by = party): Promise<string | undefined> {
  const { url, nonce, ...request } = await visit(more, by);
  if (!url.href.startsWith(redirectUri)) return undefined;
  const tokens = await by.tokens(await by.exchange(url, request), nonce);
  return oauth.getValidatedIdTokenClaims(tokens)?.sub;
}
const subject = (person: string, client = shop.clientId) => pairwiseSubject(client, person);

test("a person for all requests, until somebody uses the pages again", async () => {
  op.configure({ auto: "abroad" });
  assert.deepEqual(op.config.auto, { person: "abroad", response: "normal", card: "normal" });
  assert.equal(await subjectOf(), subject("abroad"));
  assert.equal(await subjectOf(), subject("abroad"));
  op.configure({ auto: { person: "abroad", response: "access_denied" } });
  assert.equal((await visit()).url.searchParams.get("error"), "access_denied");
  // One request: the same person, but what is wrong with all is not wrong with it.
  op.nextLogin({});
  assert.equal(await subjectOf(), subject("abroad"));
  op.configure({ auto: "ordinary" });
  assert.deepEqual(op.config.auto, { person: "ordinary", response: "normal", card: "normal" });
  op.configure({ auto: null });
  assert.match((await visit()).url.pathname, /^\/authenticate\//);
});

test("an order for the next login is used once, by its client", async () => {
  op.nextLogin({ person: "ordinary-woman" });
  op.nextLogin({ clientId: "otherShop", person: "abroad" });
  op.nextLogin({ response: "response-missing-code" });
  assert.equal(await subjectOf(), subject("ordinary-woman"));
  assert.equal((await visit()).url.searchParams.has("code"), false);
  assert.equal(await subjectOf(), undefined, "none is left for this client");
  const second = await RelyingParty.of(op, other);
  assert.equal(await subjectOf({}, second), subject("abroad", "otherShop"));
});

test("a request can ask for its answer, and that comes first", async () => {
  op.nextLogin({ person: "abroad" });
  assert.equal(await subjectOf({ emulator_person: "markup" }), subject("markup"));
  const denied = await visit({ emulator_person: "markup", emulator_response: "login_required" });
  assert.equal(denied.url.searchParams.get("error"), "login_required");
  assert.equal(await subjectOf(), subject("abroad"));
  const wrong = await visit({ emulator_person: "ordinray" });
  assert.equal(wrong.url.searchParams.get("error"), "invalid_request");
  assert.match(wrong.url.searchParams.get("error_description") ?? "", /Did you mean ordinary\?/);
});

test("a misbehaviour that is ordered happens to that login only", async () => {
  op.nextLogin({ response: "wrong-nonce" });
  await assert.rejects(subjectOf(), /nonce/);
  op.nextLogin({});
  assert.equal(await subjectOf(), subject("ordinary"));
});

test("wrong answers are refused by name", async () => {
  for (const [answer, words] of [
    [{ person: "nobody" }, /^person “nobody” is unknown\. There are ordinary, .*no-basic-items\.$/],
    [{ response: "wrong-nonse" }, /^response “wrong-nonse” is unknown\. Did you mean wrong-nonce\?/],
    [{ response: "sign-revokd" }, /Did you mean sign-revoked\?/],
    [{ response: "x" }, /^response “x” is unknown\. It is normal, an error such as access_denied, or the ID/],
    [{ card: "gold" }, /^card “gold” is unknown\. There are normal, next-card, revoked, unknown-policy\.$/],
    [{ clientId: 5 }, /^clientId must be a string/],
    [{ persom: "ordinary" }, /^persom is unknown\. Did you mean person\?/],
    ["ordinary", /must look like/],
  ] as [NextAnswer, RegExp][]) {
    assert.throws(() => op.nextLogin(answer), { code: "answer-invalid", message: words });
  }
  assert.throws(() => op.configure({ auto: { clientId: "x" } as object }), { code: "answer-invalid" });
  assert.throws(() => op.configure({ auto: "mine" }), { code: "answer-invalid" });
  op.configure({ people: [{ id: "mine" }], auto: "mine" });
  assert.throws(() => op.configure({ people: [] }), { code: "answer-invalid" }, "all answers are mine's");
  op.configure({ people: [], auto: null });
});

test("HEAD does not log anyone in", async () => {
  op.nextLogin({});
  const request = await party.authorizationRequest();
  const browser = new Browser(op.origin);
  const to = (await browser.request(request.url.href)).headers.get("location") ?? "";
  assert.equal((await browser.request(to, { method: "HEAD" })).status, 405);
  assert.ok((await browser.get(to)).url.href.startsWith(redirectUri));
});

test("the home page sets and ends it", async () => {
  const origin = { origin: op.origin };
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${op.origin}${path}`, {
      method: "POST",
      body: new URLSearchParams(form),
      headers: origin,
      redirect: "manual",
    });
  assert.equal((await post("/auto", { person: "abroad" })).status, 303);
  assert.equal(op.config.auto?.person, "abroad");
  const page = await (await fetch(op.origin)).text();
  assert.match(page, /<option value="abroad" selected>/);
  await post("/auto", { person: "" });
  assert.equal(op.config.auto, null);
});

test("keys are rotated in three steps, and in this order only", async () => {
  const published = async (from: Emulator) =>
    ((await (await fetch(from.jwksUri)).json()) as { keys: { kid: string; alg: string }[] }).keys
      .filter(({ alg }) => alg === "ES256")
      .map(({ kid }) => kid);
  const signedBy = async () => {
    const { url, nonce: _, ...request } = await visit({ emulator_person: "ordinary" });
    const { id_token } = (await (await party.exchange(url, request)).json()) as { id_token: string };
    return JSON.parse(Buffer.from(id_token.split(".")[0] ?? "", "base64url").toString()).kid;
  };
  const [old] = await published(op);
  assert.throws(() => op.stepKeys("sign"), { code: "key-step-invalid", message: /announce/ });
  const { announced } = op.stepKeys("announce");
  assert.deepEqual(await published(op), [old, announced]);
  assert.equal(await signedBy(), old);
  assert.throws(() => op.stepKeys("announce"), { code: "key-step-invalid", message: /sign/ });
  assert.deepEqual(op.stepKeys("sign"), { announced: null, signing: announced, old: [old] });
  assert.deepEqual(await published(op), [announced, old]);
  assert.equal(await signedBy(), announced);

  const control = (step: unknown) =>
    fetch(`${op.origin}/emulator/keys`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ step }),
    });
  assert.equal((await control("remove")).status, 400);
  assert.deepEqual(await (await control("remove-old")).json(), {
    announced: null,
    signing: announced,
    old: [],
  });
  assert.deepEqual(await published(op), [announced]);
  assert.equal(await signedBy(), announced);
});
