// The testing kit against a site with honnin that listens on no port.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startEmulator, type TestEmulator, type TestEmulatorOptions } from "@honnin/emulator/testing";
import { relyingParty } from "honnin/relying-party";

const redirectUri = "https://shop.example/auth/callback";
const start = "https://shop.example/auth/login?return_to=/account";

/** An emulator with its site. */
async function suite(options: Partial<TestEmulatorOptions> = {}) {
  const emulator = await startEmulator({ client: { redirectUri }, ...options });
  after(() => emulator.close());
  const { environment, client } = emulator;
  const rp = relyingParty({
    environment,
    allowEmulator: true,
    clientId: client.clientId,
    clientKey: client.clientKey,
    redirectUri,
    scope: "openid name",
    cookieSecret: "for tests only: 8f3b1c7de29a4605",
    onLogin: ({ sub, user }) => ({ sessionData: { sub, name: user?.name } }),
  });
  const fetch = async (request: Request): Promise<Response> =>
    new URL(request.url).pathname.startsWith("/auth/")
      ? rp.fetch(request)
      : Response.json((await rp.session(request))?.data ?? null);
  return { emulator, fetch };
}

const { warn } = console;
const [one, other] = await Promise.all([suite(), suite({ people: [{ id: "mine", name: "私の　人" }] })]);

async function nameAfter({ emulator, fetch }: typeof one, person: string): Promise<unknown> {
  const { visitor } = await emulator.loginAs(person, { start, fetch });
  const account = (await (await visitor.fetch("https://shop.example/account")).json()) as { name: unknown };
  return account.name;
}

test("a login: the site's answer, its cookies, and what it sent", async (t) => {
  const { emulator, fetch } = one;
  const login = await emulator.loginAs("ordinary", { start, fetch });
  assert.equal(login.response.status, 303);
  assert.equal(login.response.headers.get("location"), "https://shop.example/account");
  assert.ok(login.callback.searchParams.has("code"));
  const { parameters, status } = login.request;
  assert.deepEqual([parameters.scope, parameters.client_id, status], ["openid name", "testsite", 303]);
  assert.deepEqual(
    Object.keys(parameters).filter((name) => name.startsWith("emulator_")),
    [],
  );
  assert.equal(login.tokenRequest?.parameters.grant_type, "authorization_code");
  assert.equal(login.tokenRequest?.parameters.code, login.callback.searchParams.get("code"));
  assert.ok(Object.keys(login.cookies).some((name) => name.startsWith("__Host-")));
  assert.equal(await nameAfter(one, "ordinary"), "本人　太郎");
  t.diagnostic(`one login: ${(login.milliseconds / 1000).toFixed(3)} s`);
});

test("a visitor who comes back is the same one", async () => {
  const { emulator, fetch } = one;
  const first = await emulator.loginAs("ordinary", { start, fetch });
  const again = await emulator.loginAs("ordinary-woman", { start, fetch, visitor: first.visitor });
  const account = await (await first.visitor.fetch("https://shop.example/account")).json();
  assert.equal((account as { name: string }).name, "見本　花子");
  assert.equal(again.visitor, first.visitor);
});

test("misbehaviours reach the site, and what it sent is told", async () => {
  const { emulator, fetch } = one;
  for (const [response, status] of [
    ["access_denied", 400],
    ["wrong-nonce", 502],
    ["token-fail", 503],
  ] as const) {
    const login = await emulator.loginAs("ordinary", { start, fetch, response });
    assert.equal(login.response.status, status, response);
    assert.equal(await (await login.visitor.fetch("https://shop.example/account")).json(), null);
  }
});

test("two suites with the same client ID do not disturb each other", async () => {
  one.emulator.nextLogin({ person: "abroad", response: "access_denied" });
  one.emulator.setFault("jwks", "fail");
  one.emulator.stepKeys("announce");
  const before = one.emulator.sent.length;
  const names = await Promise.all(["mine", "ordinary", "markup"].map((person) => nameAfter(other, person)));
  assert.deepEqual(names, ["私の　人", "本人　太郎", "<b>記号</b>　＆\"太郎'&amp;\\"]);
  assert.equal(one.emulator.sent.length, before);
  assert.notEqual(one.emulator.origin, other.emulator.origin);
  assert.equal(console.warn, warn);
  assert.notDeepEqual(one.emulator.client.clientKey, other.emulator.client.clientKey);
  one.emulator.setFault("jwks", "none");
  // A login that asks for its own answer leaves the order for the next one.
  assert.equal(await nameAfter(one, "ordinary"), "本人　太郎");
});

test("a login that stops says where, and why", async () => {
  const { emulator, fetch } = one;
  const failing = (options: Partial<Parameters<TestEmulator["loginAs"]>[1]>, message: RegExp) =>
    assert.rejects(emulator.loginAs("ordinary", { start, fetch, ...options }), {
      code: "login-failed",
      message,
    });
  await failing({ start: "https://shop.example/" }, /shop\.example\/ answered 200 and did not lead to/);
  // Nothing listens there: the emulator has just given the port back.
  const gone = await startEmulator({ client: { redirectUri } });
  await gone.close();
  await assert.rejects(emulator.loginAs("ordinary", { start: `${gone.origin}/login` }), {
    code: "login-failed",
    message: /nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
  });
  await assert.rejects(emulator.loginAs("ordinary", { start: "/auth/login", fetch }), {
    code: "request-invalid",
    message: /^start must be the whole URL .*not \/auth\/login\.$/,
  });
  await failing(
    { fetch: () => new Response(null, { status: 303, headers: { location: "/" } }) },
    /20 redirects/,
  );
  const unknown = `${emulator.environment.authorizationEndpoint}?client_id=nobody`;
  await failing({ start: unknown }, /answered 400 \(.*client/);
  await assert.rejects(emulator.loginAs("nobody", { start, fetch }), { code: "answer-invalid" });
});

test("the emulator says why it refused a token request, which the service does not", async () => {
  const { emulator } = one;
  const response = await fetch(emulator.environment.tokenEndpoint, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", client_id: "testsite", code: "x" }),
  });
  assert.equal(response.status, 401);
  const last = emulator.sent.at(-1);
  assert.deepEqual([last?.endpoint, last?.status, last?.error], ["token", 401, "invalid_client"]);
  assert.ok((last?.reason ?? "").length > 0);
  assert.equal(last?.parameters.code, "x");
});
