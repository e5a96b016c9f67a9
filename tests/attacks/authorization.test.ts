// Whoever can read or change what passes through the browser: authorization requests and responses, against a real provider.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { UserAgent } from "../support/user-agent.ts";
import { type Shop, startShop } from "./site.ts";

let shop: Shop;
before(async () => {
  shop = await startShop();
});
after(() => shop?.close());

/** Starts a login. @returns the authorization request */
async function begin(agent: UserAgent): Promise<URL> {
  const response = await agent.send(`${shop.origin}/auth/login`, { method: "GET" });
  return new URL(response.headers.get("location") ?? "");
}

/** Goes to the service with a request, and uses a card if it comes to that. @returns where it leads, or the status of a page */
async function authorize(agent: UserAgent, request: URL, person = "ordinary"): Promise<URL | number> {
  let [address, init]: [string, RequestInit] = [request.href, { method: "GET" }];
  for (;;) {
    const { headers, status } = await agent.send(address, init);
    const location = headers.get("location");
    if (location !== null) {
      const next = new URL(location, address);
      if (next.origin === shop.origin) return next;
      [address, init] = [next.href, { method: "GET" }];
    } else if (init.method === "GET" && address.endsWith("/test-card"))
      init = { method: "POST", body: new URLSearchParams({ response: "normal", person }) };
    else return status;
  }
}

/** The code of the handler's page for a callback, or where it leads. */
async function comeBack(agent: UserAgent, callback: URL): Promise<string> {
  const response = await agent.send(callback.href, { method: "GET" });
  return /data-code="([a-z-]+)"/.exec(await response.text())?.[1] ?? response.headers.get("location") ?? "";
}

const whoIs = async (agent: UserAgent) =>
  JSON.parse((await agent.get(`${shop.origin}/me`)).text) as { sub: string } | null;

async function callbackOf(agent: UserAgent, person?: string): Promise<URL> {
  const callback = await authorize(agent, await begin(agent), person);
  assert.ok(callback instanceof URL && callback.searchParams.has("code"));
  return callback;
}

/** The same address with another parameter. */
function withParameter(url: URL, name: string, value: string): URL {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other;
}

const codeIn = (url: URL) => url.searchParams.get("code") ?? "";

test("without an attacker, the login works", async () => {
  const victim = new UserAgent();
  assert.equal(await comeBack(victim, await callbackOf(victim)), `${shop.origin}/`);
  assert.ok((await whoIs(victim))?.sub);
});

test("code injection: the attacker's code in the victim's login, and the victim's in the attacker's", async () => {
  const [victim, attacker] = [new UserAgent(), new UserAgent()];
  const [own, foreign] = [await callbackOf(victim), await callbackOf(attacker, "ordinary-woman")];
  assert.equal(
    await comeBack(victim, withParameter(own, "code", codeIn(foreign))),
    "authorization-code-spent",
  );
  assert.equal(
    await comeBack(attacker, withParameter(foreign, "code", codeIn(own))),
    "authorization-code-spent",
  );
  for (const agent of [victim, attacker]) assert.equal(await whoIs(agent), null);
});

test("a callback that another app or another browser took over: neither a session nor tokens", async () => {
  const [victim, attacker] = [new UserAgent(), new UserAgent()];
  const callback = await callbackOf(victim);
  await begin(attacker);
  assert.equal(await comeBack(attacker, callback), "login-cookie-missing");
  // The code itself is of no use without the verifier in the victim's cookie and the client's key.
  const response = await fetch(new URL("token", (await begin(attacker)).href), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: "testclient",
      code: codeIn(callback),
      redirect_uri: `${shop.origin}/auth/callback`,
      code_verifier: "x".repeat(43),
    }),
  });
  assert.equal(((await response.json()) as { error: string }).error, "invalid_client");
  // Nothing of this was in the way of the victim.
  assert.equal(await comeBack(victim, callback), `${shop.origin}/`);
});

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

/** What an attacker changes in the authorization request, and what the victim's login ends in. */
const requests: readonly (readonly [
  what: string,
  changes: Record<string, string | undefined>,
  end: string | number,
])[] = [
  ["PKCE left out", { code_challenge: undefined, code_challenge_method: undefined }, "authorization-refused"],
  ["PKCE downgraded to plain", { code_challenge_method: "plain" }, "authorization-refused"],
  [
    "the challenge of the attacker",
    { code_challenge: challengeOf("a".repeat(43)) },
    "authorization-code-spent",
  ],
  ["another nonce", { nonce: "attackers" }, "nonce-mismatch"],
  ["another state", { state: "attackers" }, "login-cookie-missing"],
  ["a redirect URI of the attacker", { redirect_uri: "https://evil.example/callback" }, 400],
  ["a redirect URI that only begins alike", { redirect_uri: "+/../../evil" }, 400],
  ["a redirect URI with a query", { redirect_uri: "+?next=//evil.example" }, 400],
  ["another client", { client_id: "attackers" }, 400],
  ["a token in the response", { response_type: "code token" }, "authorization-refused"],
];

for (const [what, changes, end] of requests) {
  test(`an authorization request with ${what}`, async () => {
    const victim = new UserAgent();
    const request = await begin(victim);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) request.searchParams.delete(name);
      else request.searchParams.set(name, value.replace(/^\+/, request.searchParams.get(name) ?? ""));
    }
    const callback = await authorize(victim, request);
    if (typeof end === "number") assert.equal(callback, end);
    else {
      assert.ok(callback instanceof URL);
      // Errors may come in the fragment, which no server sees.
      if (callback.search === "") callback.search = callback.hash.slice(1);
      assert.equal(await comeBack(victim, callback), end);
    }
    assert.equal(await whoIs(victim), null);
  });
}

/** What an attacker changes in the authorization response. */
const responses: readonly (readonly [what: string, change: (callback: URL) => URL, code: string])[] = [
  [
    "the issuer of another service (mix-up)",
    (url) => withParameter(url, "iss", "https://evil.example"),
    "issuer-mismatch",
  ],
  ["another state", (url) => withParameter(url, "state", "x"), "login-cookie-missing"],
  ["no state", (url) => new URL(`?code=${codeIn(url)}`, url), "authorization-response-malformed"],
  [
    "a code that was cut",
    (url) => withParameter(url, "code", codeIn(url).slice(1)),
    "authorization-code-spent",
  ],
  [
    "an error beside the code",
    (url) => withParameter(url, "error", "access_denied"),
    "authorization-response-malformed",
  ],
  [
    "a token beside the code",
    (url) => withParameter(url, "access_token", "x"),
    "authorization-response-malformed",
  ],
  [
    "an ID token beside the code",
    (url) => withParameter(url, "id_token", "x.y.z"),
    "authorization-response-malformed",
  ],
];

for (const [what, change, code] of responses) {
  test(`an authorization response with ${what}`, async () => {
    const victim = new UserAgent();
    assert.equal(await comeBack(victim, change(await callbackOf(victim))), code);
    assert.equal(await whoIs(victim), null);
  });
}
