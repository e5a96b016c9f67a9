// The recipes for Auth.js and Better Auth, with the real libraries: a login that ends in the library's own session, and everything
// that the emulator can do wrong. Beside each, the library as its own documentation sets it: what the recipes say of it is so.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Auth, type AuthConfig } from "@auth/core";
import { type Emulator, misbehaviours, people, type SentRequest, startEmulator } from "@honnin/emulator";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { createPrivateKeyJwtClientAssertionGetter } from "better-auth/oauth2";
import { genericOAuth } from "better-auth/plugins";
import { emulatorAt } from "honnin/launch";
import type { PrivateJwk, UserInfo } from "honnin/relying-party";
import { sendResponse, toRequest } from "honnin/relying-party/node";
import { decodeJwt, decodeProtectedHeader, importJWK } from "jose";
import { callbacks, digitalAuthentication as forAuthJs } from "../../demo/recipes/auth-js.ts";
import { digitalAuthentication as forBetterAuth } from "../../demo/recipes/better-auth.ts";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";
import { UserAgent } from "../support/user-agent.ts";

const clientId = "myshop";
const secret = "0123456789abcdefghijklmnopqrstuv";
const scope = "openid name address birthdate gender";

let emulator: Emulator;
let clientKey: PrivateJwk;
let origin: string;
let current: (request: Request) => Promise<Response>;
const server = createServer((incoming, outgoing) => {
  void current(toRequest(incoming, { origin })).then((response) => sendResponse(response, outgoing));
});

before(async () => {
  const { own, registered } = await keyPair("ES256", "sig", "client-key");
  clientKey = own as PrivateJwk;
  emulator = await startEmulator({ mode: "test-card", quiet: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUris = ["auth", "api/auth"].map(
    (path) => `${origin}/${path}/callback/digital-authentication`,
  );
  emulator.addClient({ clientId, name: "test", redirectUris, jwks: { keys: [registered] } });
});
after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await emulator?.close();
});

/** Strings in bodies are JSON. */
const newAgent = () =>
  new UserAgent({}, (url, init) => {
    const headers = new Headers(init.headers);
    if (typeof init.body === "string") headers.set("content-type", "application/json");
    return fetch(url, { ...init, headers });
  });

interface Library {
  readonly version: string;
  readonly name: string;
  readonly isRecipe: boolean;
  /** What is accepted of what the service does wrong. */
  readonly accepts: readonly string[];
  serve(): Promise<void>;
  /** Where a login leads. */
  begin(agent: UserAgent): Promise<string>;
  /** Who is logged in. */
  session(agent: UserAgent): Promise<{ readonly id: string; readonly name: string } | undefined>;
}

const settings = () => ({ environment: emulatorAt(emulator.origin), clientId, clientKey });

const authJs = {
  version: "0.41.3",
  async begin(agent: UserAgent) {
    const { csrfToken } = JSON.parse((await agent.get(`${origin}/auth/csrf`)).text) as { csrfToken: string };
    const fields = { csrfToken, callbackUrl: `${origin}/` };
    return (await agent.post(`${origin}/auth/signin/digital-authentication`, fields)).url;
  },
  async session(agent: UserAgent) {
    const session = JSON.parse((await agent.get(`${origin}/auth/session`)).text) as {
      user: { id: string; name: string };
    } | null;
    return session?.user;
  },
};
const authJsConfig = (provider: AuthConfig["providers"][number]): AuthConfig => ({
  secret,
  basePath: "/auth",
  trustHost: true,
  logger: { error() {}, warn() {}, debug() {} },
  providers: [provider],
  callbacks,
});

/** What the recipe for Better Auth tells the site, and whether the site refuses the second person. */
const told: UserInfo[] = [];
let refuses = false;
/** What Better Auth stores. */
let stored: Record<string, Record<string, unknown>[]>;
const betterAuthWith = (plugin: ReturnType<typeof forBetterAuth>) => {
  stored = { user: [], session: [], account: [], verification: [] };
  return betterAuth({
    secret,
    baseURL: origin,
    database: memoryAdapter(stored),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    plugins: [plugin],
  }).handler;
};
const better = {
  version: "1.7.25",
  async begin(agent: UserAgent) {
    const answer = await agent.send(`${origin}/api/auth/sign-in/social`, {
      method: "POST",
      body: JSON.stringify({ provider: "digital-authentication", callbackURL: "/" }),
    });
    return (await agent.get(((await answer.json()) as { url: string }).url)).url;
  },
  async session(agent: UserAgent) {
    const session = JSON.parse((await agent.get(`${origin}/api/auth/get-session`)).text) as {
      user: { id: string; name: string };
    } | null;
    return session?.user;
  },
};

const libraries: readonly Library[] = [
  {
    ...authJs,
    name: "Auth.js with the recipe",
    isRecipe: true,
    accepts: ["token-oversized", "userinfo-oversized", "response-wrong-state", "response-missing-state"],
    async serve() {
      const config = authJsConfig(forAuthJs({ ...settings(), timeout: 3 }));
      current = (request) => Auth(request, config);
    },
  },
  {
    ...authJs,
    name: "Auth.js as documented",
    isRecipe: false,
    accepts: [
      ...["wrong-authorized-party", "wrong-at-hash", "issued-in-future", "broken-signature"],
      ...["forged-signature", "embedded-key", "unknown-kid", "duplicate-member", "token-oversized"],
      ...["userinfo-oversized", "response-wrong-state", "response-missing-state"],
    ],
    async serve() {
      const { issuer } = settings().environment;
      const key = { key: (await importJWK(clientKey)) as CryptoKey, kid: "client-key" };
      const config = authJsConfig({
        id: "digital-authentication",
        name: "Service",
        type: "oidc",
        issuer,
        clientId,
        authorization: { params: { scope, state: "not-used" } },
        checks: ["pkce", "nonce"],
        client: { token_endpoint_auth_method: "private_key_jwt", id_token_signed_response_alg: "ES256" },
        token: { clientPrivateKey: key },
        idToken: false,
        profile: ({ sub, name }) => ({ id: sub, name }),
      });
      current = (request) => Auth(request, config);
    },
  },
  {
    ...better,
    name: "Better Auth with the recipe",
    isRecipe: true,
    accepts: [],
    async serve() {
      current = betterAuthWith(
        forBetterAuth({
          ...settings(),
          timeout: 3,
          onLogin(userInfo) {
            if (userInfo.name === people[1]?.name && refuses) throw new Error("not here");
            told.push(userInfo);
          },
        }),
      );
    },
  },
  {
    ...better,
    name: "Better Auth as documented",
    isRecipe: false,
    accepts: [
      ...["extra-audience", "wrong-authorized-party", "wrong-at-hash", "issued-in-future"],
      ...["duplicate-member", "missing-id-token", "token-oversized", "token-wrong-type"],
      "userinfo-oversized",
    ],
    async serve() {
      current = betterAuthWith(
        genericOAuth({
          config: [
            {
              providerId: "digital-authentication",
              discoveryUrl: `${emulator.issuer}/.well-known/openid-configuration`,
              requireIdTokenVerification: true,
              clientId,
              scopes: scope.split(" "),
              tokenEndpointAuth: {
                method: "private_key_jwt",
                getClientAssertion: createPrivateKeyJwtClientAssertionGetter({
                  privateKeyJwk: clientKey as JsonWebKey,
                  algorithm: "ES256",
                }),
              },
              mapProfileToUser: ({ sub }) => ({ email: `${sub}@mail.invalid` }),
            },
          ],
        }) as ReturnType<typeof forBetterAuth>,
      );
    },
  },
];

/** Those that do not answer take as long as the library waits: with the recipes, 3 seconds. */
const slow = new Set(["token-slow", "userinfo-slow"]);

async function logIn(library: Library, person: string): Promise<{ id: string; name: string } | undefined> {
  const agent = newAgent();
  const card = await library.begin(agent);
  assert.ok(card.startsWith(emulator.origin), card);
  assert.equal(await library.session(agent), undefined);
  await agent.post(card, { response: "normal", person });
  return library.session(agent);
}

/** The parameters of the last request of this kind. */
function sent(endpoint: SentRequest["endpoint"]): SentRequest["parameters"] {
  const last = emulator.sent.filter((request) => request.endpoint === endpoint).at(-1);
  assert.ok(last !== undefined, endpoint);
  return last.parameters;
}

for (const library of libraries) {
  const { name, isRecipe } = library;
  describe(name, () => {
    before(() => library.serve());

    test("the login ends in a session of the library, which is the same user's next time", async () => {
      const [first, second] = people;
      assert.ok(first !== undefined && second !== undefined);
      const user = await logIn(library, first.id);
      assert.equal(user?.name, first.name);
      const other = await logIn(library, second.id);
      assert.ok(other !== undefined && other.id !== user?.id);
      if (isRecipe) assert.equal((await logIn(library, first.id))?.id, user?.id);
    });

    if (isRecipe)
      test("what it sends: PKCE, a nonce, a state that the service accepts, and an assertion for one audience", async () => {
        await logIn(library, "ordinary");
        const request = sent("authorization");
        assert.equal(request.code_challenge_method, "S256");
        assert.equal(request.scope, scope);
        assert.match(request.nonce ?? "", /^[\w-]{32,}$/);
        assert.match(request.state ?? "", /^[\w-]{1,255}$/);
        const { client_assertion: assertion = "", client_secret: password } = sent("token");
        assert.equal(password, undefined);
        assert.equal(decodeProtectedHeader(assertion).alg, "ES256");
        const { aud, iss, sub } = decodeJwt(assertion);
        assert.deepEqual([aud, iss, sub], [settings().environment.tokenEndpoint, clientId, clientId]);
      });

    test("what it accepts of a service that responds wrongly", async () => {
      const accepted: string[] = [];
      for (const { id } of misbehaviours) {
        if (slow.has(id) && !isRecipe) continue;
        const agent = newAgent();
        await agent.post(await library.begin(agent), { response: id, person: "ordinary" });
        if ((await library.session(agent)) !== undefined) accepted.push(id);
      }
      assert.deepEqual(accepted, library.accepts);
    });
  });
}

test("Better Auth stores the subject as the account, and an address that says nothing; the site gets the items", async () => {
  const library = libraries.find(({ name }) => name === "Better Auth with the recipe");
  await library?.serve();
  told.length = 0;
  assert.ok(library !== undefined && (await logIn(library, "ordinary")) !== undefined);
  const [[user], [account]] = [stored.user ?? [], stored.account ?? []];
  assert.equal(account?.userId, user?.id);
  assert.match(String(user?.email), /^[0-9a-f]{64}@digital-authentication\.invalid$/);
  assert.equal(user?.emailVerified, false);
  const [{ sub, birthdate, gender, address } = { sub: "" }, ...more] = told;
  assert.deepEqual(more, []);
  assert.equal(account?.accountId, sub);
  const [person] = people;
  assert.deepEqual(
    [birthdate?.raw, gender?.raw, address?.text],
    [person?.birthdate, person?.gender, person?.address],
  );
});

test("Better Auth logs nobody in whom the site refuses", async (t) => {
  const library = libraries.find(({ name }) => name === "Better Auth with the recipe");
  await library?.serve();
  refuses = true;
  t.after(() => {
    refuses = false;
  });
  t.mock.method(console, "error", () => {});
  assert.ok(library !== undefined);
  assert.equal(await logIn(library, "ordinary-woman"), undefined);
  assert.deepEqual(stored.session, []);
});

test("the name in Better Auth's user is the user's to change", async () => {
  const library = libraries.find(({ name }) => name === "Better Auth with the recipe");
  await library?.serve();
  assert.ok(library !== undefined);
  const agent = newAgent();
  await agent.post(await library.begin(agent), { response: "normal", person: "ordinary" });
  const body = JSON.stringify({ name: "somebody else" });
  const changed = await agent.send(`${origin}/api/auth/update-user`, { method: "POST", body });
  assert.equal(changed.status, 200);
  assert.equal((await library.session(agent))?.name, "somebody else");
});

test("the versions that the guide speaks of are those that are tested", () => {
  for (const [folder, { version }] of [
    ["@auth/core", authJs],
    ["better-auth", better],
  ] as const) {
    const places = ["tests/node_modules", "node_modules"].map((at) => join(root, at, folder, "package.json"));
    const manifest = readFileSync(places.find((path) => existsSync(path)) ?? "", "utf8");
    assert.equal((JSON.parse(manifest) as { version: string }).version, version, folder);
    for (const language of ["", ".ja"])
      assert.ok(
        readFileSync(join(root, `docs/guide-login${language}.md`), "utf8").includes(version),
        version,
      );
  }
});
