import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchUserInfo, type Login, type UserInfoOptions } from "../../../src/relying-party/index.js";
import { always, json, type Misbehaviour } from "../answers.js";
import { straighten, useWorld } from "../setup.js";

const world = await useWorld();

/** Of somebody who has logged in, whose items were not asked for yet. */
async function userToken(): Promise<string> {
  let token = "";
  const onLogin = ({ tokens }: Login) => {
    token = tokens.accessToken;
  };
  const { browser } = world.party({ onLogin });
  await browser.send(await world.begin(browser));
  return token;
}

async function userInfo(more: Partial<UserInfoOptions> = {}) {
  const { environment, sub } = world.provider;
  return fetchUserInfo({ environment, accessToken: await userToken(), sub, ...more });
}

test("the basic items, raw and parsed", async () => {
  assert.deepEqual(await userInfo(), {
    sub: world.provider.sub,
    name: "山田　花子",
    address: { raw: "東京都千代田区霞が関１－１", text: "東京都千代田区霞が関１－１" },
    birthdate: { raw: "19800217", parsed: { year: 1980, month: 2, day: 17 } },
    gender: { raw: "2", parsed: "female" },
  });
});

test("items that were not granted are left out, whatever the endpoint tells", async () => {
  const { sub } = world.provider;
  assert.deepEqual(await userInfo({ grantedScopes: ["openid", "gender"] }), {
    sub,
    gender: { raw: "2", parsed: "female" },
  });
});

const answers: [string, string, Misbehaviour][] = [
  [
    "another sub",
    "subject-mismatch",
    (_, r) => json(r, 200, { ...world.provider.person, sub: "someone-else" }),
  ],
  ["no sub", "response-malformed", (_, r) => json(r, 200, { name: "山田花子" })],
  ["sub a number", "response-malformed", (_, r) => json(r, 200, { sub: 7 })],
  ["name a number", "response-malformed", (_, r) => json(r, 200, { sub: world.provider.sub, name: 7 })],
  [
    "401",
    "user-info-refused",
    (_, r) => json(r, 401, { error: "invalid_token", error_description: "山田花子" }),
  ],
  ["403 in HTML", "user-info-refused", always(403, "text/html", "<h1>")],
  ["500", "endpoint-unavailable", always(500, "application/json", "{}")],
  ["302", "response-malformed", (_, r) => void r.writeHead(302, { location: "/" }).end()],
  ["connection lost", "endpoint-unreachable", (_, r) => void r.destroy()],
  ["429", "endpoint-unavailable", (_, r) => json(r, 429, {})],
  [
    "a member twice",
    "response-malformed",
    (_, r) =>
      void r
        .setHeader("content-type", "application/json")
        .end(`{"sub":"somebody else","sub":"${world.provider.sub}"}`),
  ],
  ["a JWT", "response-malformed", always(200, "application/jwt", "a.b.c")],
  ["not JSON", "response-malformed", always(200, "application/json", "山田花子")],
  ["JSON text", "response-malformed", always(200, "application/json", '"山田花子"')],
  [
    "oversized",
    "response-too-large",
    (_, r) => json(r, 200, { ...world.provider.person, padding: "x".repeat(300_000) }),
  ],
];

for (const [name, code, misbehaviour] of answers) {
  test(`userinfo: ${name} is ${code}`, async () => {
    world.provider.misbehave.userinfo = misbehaviour;
    await assert.rejects(userInfo(), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.doesNotMatch(`${error.message} ${String(error.cause ?? "")}`, /山田|someone-else/);
      return true;
    });
  });
}

test("slow is endpoint-timeout; wrong options are refused before anything is sent", async () => {
  world.provider.misbehave.userinfo = () => {};
  await assert.rejects(userInfo({ timeout: 0.05 }), { code: "endpoint-timeout" });
  straighten(world);
  await assert.rejects(userInfo({ sub: "" }), { code: "options-invalid" });
  await assert.rejects(userInfo({ accessToken: "a\nb" }), { code: "options-invalid" });
  await assert.rejects(userInfo({ environment: { userinfoEndpoint: "http://op.example/" } }), {
    code: "options-invalid",
  });
  assert.equal(world.provider.userinfoRequests, 0);
});
