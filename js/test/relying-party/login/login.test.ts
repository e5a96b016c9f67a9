import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError, type Login, type RelyingPartyOptions } from "../../../src/relying-party/index.js";
import { questionsDuring } from "../../support/questions.js";
import { always, json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site, useWorld } from "../setup.js";

const world = await useWorld();

/** A whole login; what onLogin got, and where it ended. */
async function login(overrides: Partial<RelyingPartyOptions> = {}, query = "") {
  const seen: { login?: Login } = {};
  const { browser, party } = world.party({
    onLogin: (got) => {
      seen.login = got;
    },
    ...overrides,
  });
  const response = await browser.send(await world.begin(browser, query));
  return { ...seen, browser, party, response };
}

const basicItems = ["openid", "name", "address", "birthdate", "gender"] as const;

test("a whole login on loopback ends in the session and at the return address", async () => {
  const {
    login: got,
    browser,
    party,
    response,
  } = await login({ scope: basicItems }, "?return_to=/account%3Ftab=1&lang=en");
  assert.equal(response.status, 303, await response.clone().text());
  assert.equal(response.headers.get("location"), `${site}/account?tab=1`);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.ok(got);
  assert.equal(got.sub, world.provider.sub);
  assert.equal(got.claims.iss, world.provider.environment.issuer);
  assert.equal(got.user?.name, "山田　花子");
  assert.deepEqual(got.user?.birthdate?.parsed, { year: 1980, month: 2, day: 17 });
  assert.deepEqual(got.grantedScopes, basicItems);
  assert.deepEqual(got.missingScopes, []);
  assert.equal(got.tokens.refreshToken, "refresh-1");
  assert.equal(got.returnTo, "/account?tab=1");
  assert.equal(got.language, "en");
  for (const id of ["signature", "nonce"]) {
    assert.equal(got.report.steps.find((step) => step.id === id)?.status, "passed", id);
  }
  assert.ok(got.report.steps.every(({ status }) => status !== "failed"));
  assert.deepEqual(
    (await party.session(new Request(site, { headers: { cookie: browser.cookieHeader } })))?.data,
    {
      sub: got.sub,
    },
  );
  assert.deepEqual(browser.named("honnin-login"), []);
  assert.deepEqual(world.provider.complaints, []);
});

test("the ID token is verified once, and again only for a report that the site reads", async () => {
  assert.deepEqual(await questionsDuring(() => login()), [true]);
  const onLogin = ({ report }: Login) => assert.ok(report.steps.length > 15);
  assert.deepEqual(await questionsDuring(() => login({ onLogin })), [true, false]);
});

test("the handler's functions can be taken out of it", async () => {
  const { party, browser } = world.party();
  const { fetch, session } = party;
  assert.equal((await fetch(new Request(`${site}/auth/login`))).status, 303);
  assert.equal(await session(new Request(site)), undefined);
  assert.deepEqual(party.paths, { login: "/auth/login", callback: "/auth/callback", logout: "/auth/logout" });
  assert.equal(browser.cookies.size, 0);
});

test("the authorization request asks for what was configured", async () => {
  const { browser } = world.party({
    scope: "openid name",
    acrValues: ["aal3", "crl"],
    requiredAcrValues: "not-checked",
  });
  const { searchParams } = new URL((await browser.send(`${site}/auth/login`)).headers.get("location") ?? "");
  assert.equal(searchParams.get("scope"), "openid name");
  assert.equal(searchParams.get("acr_values"), "aal3 crl");
  assert.equal(searchParams.get("redirect_uri"), `${site}/auth/callback`);
  assert.match(searchParams.get("state") ?? "", /^h[0-9a-f]{8}-[\w-]{43}$/);
  for (const name of ["nonce", "code_challenge"]) assert.match(searchParams.get(name) ?? "", /^[\w-]{43}$/);
});

test("without basic items granted, userinfo is not asked", async () => {
  const { login: got } = await login();
  assert.equal(got?.user, undefined);
  assert.equal(world.provider.userinfoRequests, 0);
});

test("scopes that were not granted show in the result, their items do not", async () => {
  world.provider.grant = () => ["openid", "name", "profile"];
  const { login: got } = await login({ scope: basicItems });
  assert.deepEqual(got?.missingScopes, ["address", "birthdate", "gender"]);
  // What nobody asked for is not reported.
  assert.deepEqual(got?.grantedScopes, ["openid", "name"]);
  assert.deepEqual(got?.user, { sub: world.provider.sub, name: "山田　花子" });
});

test("scopes may be chosen for each login; the choice comes back with it", async () => {
  const seen: (readonly string[])[] = [];
  const { browser } = world.party({
    scope: (request) => new URL(request.url).searchParams.get("ask") ?? "openid",
    requiredScopes: ["name"],
    onLogin: ({ requestedScopes, grantedScopes }) => {
      seen.push(requestedScopes, grantedScopes);
    },
  });
  await browser.send((await world.begin(browser, "?ask=openid%20name%20gender")).href);
  assert.deepEqual(seen, [
    ["openid", "name", "gender"],
    ["openid", "name", "gender"],
  ]);
  for (const ask of ["", "?ask=openid%20name%20everything", "?ask=name"]) {
    const response = await browser.send(`${site}/auth/login${ask}`);
    assert.equal(await codeOf(response), "options-invalid", ask);
  }
});

test("scopes that were not granted fail the login if required", async () => {
  world.provider.grant = () => ["openid", "name"];
  const {
    login: got,
    response,
    browser,
  } = await login({ scope: basicItems, requiredScopes: ["name", "birthdate"] });
  assert.equal(response.status, 403);
  assert.equal(await codeOf(response), "scope-not-granted");
  assert.equal(got, undefined);
  assert.equal(world.provider.userinfoRequests, 0);
  assert.deepEqual(browser.named("honnin"), []);
});

test("two tabs do not break each other", async () => {
  const { browser } = world.party();
  const first = await world.begin(browser, "?return_to=/first");
  const second = await world.begin(browser, "?return_to=/second");
  assert.equal(browser.named("honnin-login").length, 2);
  assert.equal((await browser.send(first)).headers.get("location"), `${site}/first`);
  assert.equal(browser.named("honnin-login").length, 1);
  assert.equal((await browser.send(second)).headers.get("location"), `${site}/second`);
});

test("a callback of another browser, with cookies of its own login, is login-cookie-missing", async () => {
  const attacker = world.party().browser;
  const victim = world.party().browser;
  const callback = await world.begin(attacker);
  await world.begin(victim);
  const response = await victim.send(callback);
  assert.equal(await codeOf(response), "login-cookie-missing");
  assert.equal(victim.named("honnin-login").length, 1);
  assert.equal(world.provider.tokenRequests.length, 0);
});

test("another login's cookie under this login's name is state-mismatch", async () => {
  const { browser } = world.party();
  const callback = await world.begin(browser);
  const [mine = ""] = browser.named("honnin-login");
  await world.begin(browser);
  const other = browser.named("honnin-login").find((name) => name !== mine) ?? "";
  browser.cookies.set(mine, browser.cookies.get(other) ?? assert.fail());
  assert.equal(await codeOf(await browser.send(callback)), "state-mismatch");
});

const responses: [string, string, number, (callback: URL) => void][] = [
  [
    "cancelled by the user",
    "login-denied",
    400,
    ({ searchParams }) => {
      searchParams.delete("code");
      searchParams.set("error", "access_denied");
    },
  ],
  [
    "refused by the service",
    "authorization-refused",
    502,
    ({ searchParams }) => {
      searchParams.delete("code");
      searchParams.set("error", "invalid_scope");
    },
  ],
  [
    "without a code",
    "authorization-response-malformed",
    400,
    ({ searchParams }) => searchParams.delete("code"),
  ],
  [
    "with two codes",
    "authorization-response-malformed",
    400,
    ({ searchParams }) => searchParams.append("code", "x"),
  ],
  [
    "without a state",
    "authorization-response-malformed",
    400,
    ({ searchParams }) => searchParams.delete("state"),
  ],
  [
    "with two states",
    "authorization-response-malformed",
    400,
    ({ searchParams }) => searchParams.append("state", "x"),
  ],
  [
    "with a long state",
    "authorization-response-malformed",
    400,
    ({ searchParams }) => searchParams.set("state", "x".repeat(256)),
  ],
  [
    "with another state",
    "login-cookie-missing",
    400,
    ({ searchParams }) => searchParams.set("state", "x".repeat(43)),
  ],
  [
    "from another issuer",
    "issuer-mismatch",
    502,
    ({ searchParams }) => searchParams.set("iss", "https://other.example"),
  ],
  [
    "with a code of no login",
    "authorization-code-spent",
    400,
    ({ searchParams }) => searchParams.set("code", "stolen"),
  ],
];
for (const [name, code, status, bend] of responses) {
  test(`a callback ${name} is ${code}`, async () => {
    const { browser } = world.party({ onLogin: () => assert.fail("no login") });
    const callback = await world.begin(browser);
    bend(callback);
    const response = await browser.send(callback);
    assert.equal(response.status, status);
    assert.equal(await codeOf(response), code);
    // Spent if the state named it, kept if nothing did.
    const untouched = code === "login-cookie-missing" || /state/.test(name);
    assert.equal(browser.named("honnin-login").length, untouched ? 1 : 0);
  });
}

const tokens: [string, string, number, () => void][] = [
  [
    "another nonce",
    "nonce-mismatch",
    502,
    () => {
      world.provider.claims = { nonce: "x" };
    },
  ],
  [
    "another issuer",
    "issuer-mismatch",
    502,
    () => {
      world.provider.claims = { iss: "https://other.example" };
    },
  ],
  [
    "another audience",
    "audience-mismatch",
    502,
    () => {
      world.provider.claims = { aud: "other" };
    },
  ],
  [
    "another access token's hash",
    "access-token-hash-mismatch",
    502,
    () => {
      world.provider.claims = { at_hash: "AAAAAAAAAAAAAAAAAAAAAA" };
    },
  ],
  [
    "an expiry long past",
    "token-expired",
    502,
    () => {
      world.provider.claims = { exp: 1_000 };
    },
  ],
  [
    "no form",
    "token-malformed",
    502,
    () => {
      world.provider.tokens = { id_token: "garbage" };
    },
  ],
  [
    "keys that cannot be had",
    "response-malformed",
    502,
    () => {
      world.provider.misbehave.certs = always(404, "text/html", "");
    },
  ],
  [
    "a failing token endpoint",
    "endpoint-unavailable",
    503,
    () => {
      world.provider.misbehave.token = always(503, "text/html", "");
    },
  ],
  [
    "a slow token endpoint",
    "endpoint-timeout",
    504,
    () => {
      world.provider.misbehave.token = () => {};
    },
  ],
  [
    "a userinfo of somebody else",
    "subject-mismatch",
    502,
    () => {
      world.provider.misbehave.userinfo = (_, r) => json(r, 200, { sub: "x" });
    },
  ],
];
for (const [name, code, status, misbehave] of tokens) {
  test(`a login with ${name} is ${code}`, async () => {
    misbehave();
    const errors: HonninError[] = [];
    const { browser, response } = await login({
      scope: "openid name",
      timeout: code === "endpoint-timeout" ? 0.1 : 5,
      onLogin: () => assert.fail("no login"),
      onError: (error) => void errors.push(error),
    });
    assert.equal(await codeOf(response), code);
    assert.equal(response.status, status);
    assert.equal(errors[0]?.code, code);
    assert.deepEqual(browser.named("honnin"), []);
  });
}

test("iss is required where that was asked for, in whatever the response says", async () => {
  const { browser } = world.party({ requireIss: true });
  const without = await world.begin(browser);
  assert.equal(await codeOf(await browser.send(without)), "issuer-mismatch");
  const withIss = await world.begin(browser);
  withIss.searchParams.set("iss", world.provider.environment.issuer);
  assert.equal((await browser.send(withIss)).status, 303);
});

test("the client assertion is addressed to the token endpoint, or to the issuer", async () => {
  for (const [audience, aud] of [
    [undefined, world.provider.environment.tokenEndpoint],
    ["token-endpoint", world.provider.environment.tokenEndpoint],
    ["issuer", world.provider.environment.issuer],
  ] as const) {
    let sent: unknown;
    const { browser } = world.party({
      clientAssertionAudience: audience,
      fetch: (url, init) => {
        if (url === world.provider.environment.tokenEndpoint) {
          const assertion = (init.body as URLSearchParams).get("client_assertion") ?? "";
          sent = JSON.parse(atob(assertion.split(".")[1] ?? "")).aud;
        }
        return fetch(url, init);
      },
    });
    await browser.send(await world.begin(browser));
    assert.equal(sent, aud);
  }
  world.provider.complaints.length = 0;
});

test("an ID token of another algorithm is taken only where that was asked for", async () => {
  const { browser } = world.party({ idTokenAlgorithms: ["RS256"] });
  assert.equal(await codeOf(await browser.send(await world.begin(browser))), "algorithm-not-allowed");
  const both = world.party({ idTokenAlgorithms: ["RS256", "ES256"] });
  assert.equal((await both.browser.send(await world.begin(both.browser))).status, 303);
});

test("acr is held to what is required", async () => {
  world.provider.claims = { acr: "aal2" };
  assert.equal(await codeOf((await login({ requiredAcrValues: ["aal3"] })).response), "acr-mismatch");
  world.provider.claims = { acr: "aal3" };
  assert.equal((await login({ requiredAcrValues: ["aal3", "x"] })).response.status, 303);
});

test("onLogin decides on session and return address", async () => {
  const { browser, party, response } = await login({
    onLogin: () => ({ sessionData: { cart: [1, "二"] }, returnTo: "/welcome" }),
  });
  assert.equal(response.headers.get("location"), `${site}/welcome`);
  const request = new Request(site, { headers: { cookie: browser.cookieHeader } });
  assert.deepEqual((await party.session(request))?.data, { cart: [1, "二"] });
  const none = await login({ onLogin: async () => ({ sessionData: null }) });
  assert.equal(none.response.status, 303);
  assert.deepEqual(none.browser.named("honnin"), []);
});

test("a login without a session ends the one there was: nobody stays logged in as somebody else", async () => {
  const sessions = [{ person: "first" }, null];
  const { browser, party } = world.party({ onLogin: () => ({ sessionData: sessions.shift() ?? null }) });
  await browser.send(await world.begin(browser));
  assert.equal(browser.named("honnin-session").length, 1);
  const response = await browser.send(await world.begin(browser));
  assert.equal(response.status, 303);
  assert.deepEqual(browser.named("honnin"), []);
  const request = new Request(site, { headers: { cookie: browser.cookieHeader } });
  assert.equal(await party.session(request), undefined);
});

test("a Response of onLogin keeps its headers, and the login's cookie is cleared beside its own", async () => {
  const { browser, response } = await login({
    onLogin: () => {
      const own = new Response("<p>hello", {
        status: 201,
        statusText: "Made",
        headers: { "content-type": "text/html", "x-own": "1" },
      });
      own.headers.append("set-cookie", "a=1; Path=/");
      own.headers.append("set-cookie", "b=2; Path=/");
      return own;
    },
  });
  assert.equal(response.status, 201);
  assert.equal(response.statusText, "Made");
  assert.equal(response.headers.get("x-own"), "1");
  assert.equal(response.headers.get("content-type"), "text/html");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(await response.text(), "<p>hello");
  assert.equal(response.headers.getSetCookie().length, 4);
  assert.deepEqual(
    [...browser.cookies.keys()].filter((name) => !browser.marks.includes(name)),
    ["a", "b"],
  );

  const cached = await login({
    onLogin: () => new Response("x", { headers: { "cache-control": "private" } }),
  });
  assert.equal(cached.response.headers.get("cache-control"), "private");
  const immutable = await login({ onLogin: () => Response.redirect("https://shop.example/next", 303) });
  assert.equal(immutable.response.headers.get("location"), "https://shop.example/next");
  assert.equal(immutable.response.headers.getSetCookie().length, 2);
});

test("what onLogin cannot return is options-invalid, and so is an address elsewhere or of the login itself", async () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const places = [
    "https://other.example/",
    "//other.example",
    "account",
    5,
    "/auth/login",
    "/auth/callback?a=1",
  ];
  const outcomes = [
    "text",
    5,
    true,
    [],
    { sessionData: () => 1 },
    { sessionData: cycle },
    { sessionData: 1n },
    { session: null },
    { sessionData: null, session: { sub: "x" } },
  ];
  for (const outcome of [...outcomes, ...places.map((returnTo) => ({ returnTo }))]) {
    const { response, browser } = await login({ onLogin: () => outcome as never });
    assert.equal(response.status, 500);
    assert.equal(await codeOf(response), "options-invalid");
    assert.deepEqual(browser.named("honnin"), []);
  }
});

test("a session that no cookie holds is options-invalid, and says what to do", async () => {
  let error: HonninError | undefined;
  const { response } = await login({
    onLogin: () => ({ sessionData: "x".repeat(2_500) }),
    onError: (got) => {
      error = got;
    },
  });
  assert.equal(await codeOf(response), "options-invalid");
  assert.match(error?.message ?? "", /3584.*store/s);
  const fits = await login({ onLogin: () => ({ sessionData: "x".repeat(2_400) }) });
  assert.equal(fits.response.status, 303);
  assert.ok(fits.response.headers.getSetCookie().every((cookie) => cookie.length <= 3_584));
});

test("an exception of onLogin is internal-error: its cause goes to onError, nothing of it to the page", async () => {
  const thrown = new Error("database password hunter2 of 山田花子");
  const errors: HonninError[] = [];
  const { browser, response } = await login({
    onLogin: () => {
      throw thrown;
    },
    onError: (error) => void errors.push(error),
  });
  assert.equal(response.status, 500);
  const page = await response.text();
  assert.match(page, /data-code="internal-error"/);
  assert.doesNotMatch(page, /hunter2|山田/);
  assert.equal(errors[0]?.code, "internal-error");
  assert.equal(errors[0]?.cause, thrown);
  assert.deepEqual(browser.named("honnin"), []);
  for (const value of [undefined, null, "text", { code: "login-expired" }]) {
    const other = await login({ onLogin: () => Promise.reject(value) });
    assert.equal(await codeOf(other.response), "internal-error");
  }
});

test("a HonninError that onLogin throws keeps its code", async () => {
  const { response } = await login({
    onLogin: () => {
      throw new HonninError("scope-not-granted", "no birthdate");
    },
  });
  assert.equal(response.status, 403);
  assert.equal(await codeOf(response), "scope-not-granted");
});

test("the hooks get the request as it came, and a session may have members that are undefined", async () => {
  const seen: Request[] = [];
  const { party, browser } = world.party({
    onLogin: ({ user }, request) => {
      seen.push(request);
      return { sessionData: { name: user?.name } };
    },
    onError: (_, request) => void seen.push(request),
  });
  const callback = new Request(await world.begin(browser), { headers: { cookie: browser.cookieHeader } });
  const done = await party.fetch(callback);
  const again = new Request(callback.url);
  await party.fetch(again);
  assert.ok(seen[0] === callback && seen[1] === again && seen.length === 2);
  const cookie = done.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  assert.deepEqual((await party.session(new Request(site, { headers: { cookie } })))?.data, {});
});

test("onError may answer itself: its headers are kept and the login's cookie is cleared", async () => {
  const { browser } = world.party({
    onError: (error) =>
      new Response(`own page for ${error.code}`, { status: 418, headers: { "x-own": "1" } }),
  });
  const callback = await world.begin(browser);
  callback.searchParams.delete("code");
  const response = await browser.send(callback);
  assert.equal(response.status, 418);
  assert.equal(response.headers.get("x-own"), "1");
  assert.equal(await response.text(), "own page for authorization-response-malformed");
  assert.deepEqual(browser.named("honnin-login"), []);
});

test("an onError that throws does not keep the page from the user", async () => {
  const { browser } = world.party({
    onError: () => {
      throw new Error("log is full");
    },
  });
  const response = await browser.send(`${site}/auth/callback?state=x`);
  assert.equal(await codeOf(response), "login-cookie-missing");
});
