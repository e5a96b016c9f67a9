// Who may begin signatures, and how many.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  memoryStore,
  type RelyingPartyOptions,
  relyingParty,
  type SignatureStart,
} from "../../../src/relying-party/index.js";
import { json } from "../answers.js";
import { Browser, codeOf } from "../browser.js";
import { site, type World } from "../setup.js";
import { form, openSite, signingOptions, useSigningWorld, WatchedStore } from "./site.js";

const world = await useSigningWorld();
const login = { onLogin: () => undefined } satisfies Partial<RelyingPartyOptions>;

async function logIn(browser: Browser, sub: string, { provider, begin }: World = world): Promise<void> {
  provider.claims = { sub };
  assert.equal((await browser.send(await begin(browser))).status, 303);
  provider.claims = {};
}

test("mayStart decides, by session, form and request, before anything is asked of the service or kept", async () => {
  const starts: SignatureStart[] = [];
  const opened = openSite(
    world,
    {
      mayStart: (start) => {
        starts.push(start);
        return start.session !== undefined;
      },
      method: () => assert.fail("not yet"),
    },
    login,
  );
  const refused = await opened.post();
  assert.equal(refused.status, 403);
  assert.equal(await codeOf(refused), "signature-start-refused");
  assert.match(await refused.text(), /<a href="\/auth\/login\?/);
  assert.equal(world.provider.signing.transactions.size, 0);
  assert.equal(opened.store.all.size, 0);
  await logIn(opened.browser, "ALICE");
  await opened.post();
  const [anonymous, alice] = starts;
  assert.equal(anonymous?.session, undefined);
  assert.deepEqual(alice?.session?.data, { sub: "ALICE" });
  assert.equal(alice?.fields.get("name"), form.name);
  assert.equal(alice?.request.method, "POST");
});

for (const [answer, code] of [
  [() => true, undefined],
  [() => Promise.resolve(true), undefined],
  [() => false, "signature-start-refused"],
  [() => undefined as never, "signature-start-refused"],
  [() => 1 as never, "signature-start-refused"],
  [() => Promise.reject(new Error("x")), "internal-error"],
] as const) {
  test(`mayStart that answers by ${answer} is ${code ?? "a yes"}`, async () => {
    assert.equal(await codeOf(await openSite(world, { mayStart: answer }).post()), code);
  });
}

test("all who are not known share one quota, and cannot use up that of who is", async () => {
  const store = memoryStore();
  const limits = { anonymous: 3, perClient: 2 };
  const opened = () => openSite(world, { limits }, { ...login, store });
  for (let count = 0; count < 3; count += 1) assert.equal((await opened().post()).status, 303);
  const refused = await opened().post();
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "30");
  assert.equal(await codeOf(refused), "signature-quota-exceeded");
  const { size } = world.provider.signing.transactions;
  const alice = opened();
  await logIn(alice.browser, "ALICE");
  for (const status of [303, 303, 429]) assert.equal((await alice.post()).status, status);
  // The person counts, not the session.
  const again = opened();
  await logIn(again.browser, "ALICE");
  assert.equal((await again.post()).status, 429);
  const bob = opened();
  await logIn(bob.browser, "BOB");
  assert.equal((await bob.post()).status, 303);
  assert.equal(world.provider.signing.transactions.size, size + 3);
  world.now += 600;
  assert.equal((await opened().post()).status, 303);
});

test("side by side, no more begin than may", async () => {
  const opened = openSite(world, { limits: { anonymous: 5 } });
  const statuses = await Promise.all(
    Array.from(
      { length: 12 },
      async () =>
        (
          await new Browser(opened.browser.party).send(`${site}/auth/sign`, {
            method: "POST",
            headers: { origin: site },
            body: new URLSearchParams(form),
          })
        ).status,
    ),
  );
  assert.equal(statuses.filter((status) => status === 303).length, 5);
  assert.equal(statuses.filter((status) => status === 429).length, 7);
});

test("3,000 anonymous requests leave room for somebody who is logged in", async () => {
  const party = relyingParty(world.options({ ...login, store: memoryStore(), signing: signingOptions() }));
  const post = (headers: Record<string, string> = {}) =>
    party.fetch(
      new Request(`${site}/auth/sign`, {
        method: "POST",
        headers: { origin: site, ...headers },
        body: new URLSearchParams(form),
      }),
    );
  const codes = new Map<string | undefined, number>();
  // In rounds that a slow machine answers within the limit of a request to the service.
  for (let round = 0; round < 150; round += 1) {
    for (const response of await Promise.all(Array.from({ length: 20 }, () => post()))) {
      const code = await codeOf(response);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  assert.deepEqual([...codes.keys()], [undefined, "signature-quota-exceeded"]);
  assert.equal(codes.get(undefined), 1_000);
  assert.equal(world.provider.signing.transactions.size, 1_000);
  const browser = new Browser(party);
  await logIn(browser, "ALICE");
  assert.equal((await post({ cookie: browser.cookieHeader })).status, 303);
});

const addresses: [string, string, string][] = [
  ["one IPv4 address", "192.0.2.1", "192.0.2.1"],
  ["an IPv4 address with a port", "192.0.2.1:5678", "192.0.2.1"],
  ["an IPv4 address in IPv6", "::ffff:192.0.2.1", "192.0.2.1"],
  ["one /64", "2001:db8:1:2:aaaa::1", "2001:0DB8:0001:0002:bbbb:0:0:2"],
  ["one /64 with brackets and a port", "[2001:db8:1:2::1]:443", "2001:db8:1:2:ffff::"],
  ["the last of a list", "203.0.113.9, 192.0.2.1", "198.51.100.7,192.0.2.1"],
];
for (const [name, first, second] of addresses) {
  test(`${name} is one client: ${first} and ${second}`, async () => {
    const opened = openSite(world, { clientOf: { header: "x-client" }, limits: { perClient: 1 } });
    const post = (address: string) => opened.post(form, { origin: site, "x-client": address });
    assert.equal((await post(first)).status, 303);
    assert.equal((await post(second)).status, 429);
    for (const other of ["192.0.2.2", "2001:db8:1:3::1", "203.0.113.9"])
      assert.equal((await post(other)).status, 303);
  });
}

test("no forwarding header is believed that is not named, and of a list only what trusted proxies added", async () => {
  const closed = openSite(world, { limits: { anonymous: 1 } });
  const spoofed = (name: string, value: string) => ({ origin: site, [name]: value });
  assert.equal((await closed.post(form, spoofed("x-forwarded-for", "192.0.2.1"))).status, 303);
  for (const name of ["x-forwarded-for", "x-real-ip", "cf-connecting-ip", "forwarded", "true-client-ip"])
    assert.equal((await closed.post(form, spoofed(name, "192.0.2.2"))).status, 429, name);
  const two = openSite(world, {
    clientOf: { header: "x-forwarded-for", proxies: 2 },
    limits: { perClient: 1 },
  });
  const via = (value: string) => two.post(form, spoofed("x-forwarded-for", value));
  assert.equal((await via("1.1.1.1, 192.0.2.1, 10.0.0.1")).status, 303);
  assert.equal((await via("9.9.9.9, 8.8.8.8, 192.0.2.1, 10.0.0.1")).status, 429);
  assert.equal((await via("192.0.2.1, 192.0.2.2, 10.0.0.1")).status, 303);
});

test("what is no address is nobody's: those share the quota of all who are not known", async () => {
  const opened = openSite(world, { clientOf: { header: "x-client" }, limits: { anonymous: 2 } });
  const codes: (string | undefined)[] = [];
  for (const value of [
    "",
    "unknown",
    "192.0.2.256",
    "1.2.3",
    "2001:db8::1::2",
    "::1%eth0",
    "192.0.2.1\u00a0",
    "evil.example",
  ])
    codes.push(await codeOf(await opened.post(form, { origin: site, "x-client": value })));
  assert.deepEqual(codes, [undefined, undefined, ...Array(6).fill("signature-quota-exceeded")]);
});

test("a function names the client; what is no name is nobody's", async () => {
  let name: unknown = "tenant 1";
  const opened = openSite(world, {
    clientOf: async () => name as string,
    limits: { perClient: 1, anonymous: 1 },
  });
  for (const [next, statuses] of [
    ["tenant 1", [303, 429]],
    ["tenant 2", [303, 429]],
    [undefined, [303, 429]],
    ["", [429]],
    [7, [429]],
  ] as const) {
    name = next;
    for (const status of statuses) assert.equal((await opened.post()).status, status, String(next));
  }
});

test("what is refused before the service is asked counts as no start", async () => {
  let method: unknown = { form: "digest-info" };
  const opened = openSite(world, { method: () => method as never, limits: { anonymous: 1 } });
  for (const refused of [{ digest: "!" }, { name: "a\u200bb" }, { document: "none" }])
    assert.equal(await codeOf(await opened.post({ ...form, ...refused })), "document-invalid");
  method = { form: "no-such" };
  assert.equal(await codeOf(await opened.post()), "options-invalid");
  method = { form: "digest-info" };
  assert.equal((await opened.post()).status, 303);
  assert.equal(await codeOf(await opened.post()), "signature-quota-exceeded");
});

test("a store can tell neither addresses nor names from the keys it counts under, and another client counts by itself", async () => {
  const store = new WatchedStore();
  const options = { clientOf: { header: "x-client" }, limits: { perClient: 1 } };
  const keys = () => [...store.all.keys()].filter((key) => key.startsWith("starts:"));
  const headers = { origin: site, "x-client": "203.0.113.77" };
  assert.equal((await openSite(world, options, { store }).post(form, headers)).status, 303);
  const [key = ""] = keys();
  const tag = key.split(":").at(-1) ?? "";
  assert.match(tag, /^[0-9a-f]{32}$/);
  assert.ok(!key.includes("203.0.113"));
  for (const subject of ["203.0.113.77", "address 203.0.113.77"]) {
    assert.notEqual(tag, createHash("sha256").update(subject).digest("hex").slice(0, 32));
  }
  // The same with the same secret, another with another one.
  assert.equal((await openSite(world, options, { store }).post(form, headers)).status, 429);
  const cookieSecret = "0123456789abcdefghijklmnopqrstuvwxyz";
  assert.equal((await openSite(world, options, { store, cookieSecret }).post(form, headers)).status, 303);
  assert.equal(keys().length, 2);
});

test("with sameSubject, the signer has to be who was logged in when it began", async () => {
  const opened = openSite(world, { sameSubject: true, mayStart: () => true }, login);
  assert.equal(await codeOf(await opened.post()), "signature-start-refused");
  await logIn(opened.browser, "ALICE");
  world.provider.claims = { sub: "BOB" };
  const stolen = await opened.browser.send(await opened.begin());
  assert.equal(stolen.status, 403);
  assert.equal(await codeOf(stolen), "signature-user-mismatch");
  assert.equal(opened.signings.length, 0);
  assert.equal(opened.store.entries.size, 0);
  world.provider.claims = { sub: "ALICE" };
  assert.equal((await opened.browser.send(await opened.begin())).status, 303);
  assert.equal(opened.signings[0]?.sub, "ALICE");
});

test("who was logged in when it began is known over another way through the service", async () => {
  const opened = openSite(world, { sameSubject: true, mayStart: () => true }, login);
  await logIn(opened.browser, "ALICE");
  world.provider.claims = { sub: "ALICE" };
  const paused = await opened.pause(await opened.begin());
  assert.equal(await codeOf(paused), "endpoint-unavailable");
  // The tokens are worth nothing any more, and cannot be renewed.
  world.provider.expireTokens();
  world.provider.misbehave.token = (_, response) => json(response, 400, { error: "invalid_grant" });
  assert.equal(await codeOf(await opened.resume()), "signature-result-refused");
  world.provider.misbehave = {};
  const again = await opened.resume();
  const callback = world.provider.authorize(again.headers.get("location") ?? "");
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(opened.signings[0]?.sub, "ALICE");
});

test("a count that is none lets nobody begin; a record that the store did not take is none", async () => {
  const garbled = new WatchedStore();
  const opened = openSite(world, { limits: { anonymous: 1 } }, { store: garbled });
  await opened.post();
  for (const [key, entry] of garbled.all) if (key.startsWith("starts:")) entry.value = "x";
  assert.equal(await codeOf(await opened.post()), "store-unreachable");
  const refusing = new WatchedStore();
  const create = refusing.create.bind(refusing);
  refusing.create = async (key, ...given) => !key.startsWith("signature:") && create(key, ...given);
  const other = openSite(world, {}, { store: refusing });
  assert.equal(await codeOf(await other.post()), "store-unreachable");
  assert.deepEqual(other.browser.named("honnin-"), []);
});

test("without it, the site compares: both are at hand", async () => {
  const opened = openSite(world, {}, login);
  await logIn(opened.browser, "ALICE");
  world.provider.claims = { sub: "BOB" };
  assert.equal((await opened.browser.send(await opened.begin())).status, 303);
  assert.equal(opened.signings[0]?.sub, "BOB");
});

test("logout and callback open a bounded number of cookies, the same with eight secrets", async () => {
  const secrets = Array.from(
    { length: 8 },
    (_, index) => `${index}`.repeat(8) + "abcdefgh0123456789ABCDEFGH".repeat(2),
  );
  const opened = openSite(world, {}, { ...login, cookieSecret: secrets });
  await opened.post();
  const [name = ""] = opened.browser.named("honnin-signature");
  const value = opened.browser.cookies.get(name)?.value ?? "";
  const planted = Array.from(
    { length: 200 },
    (_, index) => `${name.slice(0, -19)}${index.toString(36).padStart(2, "0")}-0123456789abcdef=${value}`,
  ).join("; ");
  let opens = 0;
  const { decrypt } = crypto.subtle;
  const subtle = Object.getPrototypeOf(crypto.subtle) as SubtleCrypto;
  subtle.decrypt = function (this: SubtleCrypto, ...given: Parameters<SubtleCrypto["decrypt"]>) {
    opens += 1;
    return decrypt.apply(crypto.subtle, given);
  };
  try {
    for (const [path, method] of [
      ["/auth/logout", "POST"],
      ["/auth/callback?state=sign-x&code=y", "GET"],
    ] as const) {
      opens = 0;
      const headers = { origin: site, cookie: planted };
      const response = await opened.browser.party.fetch(new Request(site + path, { method, headers }));
      assert.ok(response.headers.getSetCookie().length <= 5);
      assert.ok(opens >= 1 && opens <= 9, `${path}: ${opens}`);
    }
  } finally {
    subtle.decrypt = decrypt;
  }
});
