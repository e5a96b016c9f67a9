import assert from "node:assert/strict";
import { test } from "node:test";
import { environments, readAuthorizationResponse } from "honnin/launch";
import { equalInConstantTime } from "../../src/launch/check-response.js";
import { codeOf, refusalOf } from "../support/refusal.ts";

const state = "K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols";
const expected = { state, issuer: environments.sandbox.issuer };
const query = (parameters: Record<string, string>) =>
  new URLSearchParams({ state, ...parameters }).toString();
const read = (callback: URL | URLSearchParams | string) => readAuthorizationResponse(callback, expected);

const good = query({ code: "abc.def", session_state: "x", unknown: "y" });

for (const [form, callback] of [
  ["a URL", new URL(`https://shop.example/auth/callback?${good}`)],
  ["a URL's text", `https://shop.example/auth/callback?${good}#fragment`],
  ["an app's URL", `jp.example.app:/callback?${good}`],
  ["Node's request.url", `/auth/callback?${good}`],
  ["a query", `?${good}`],
  ["a query without its mark", good],
  ["parameters", new URLSearchParams(good)],
] as const) {
  test(`${form} gives the code`, () => {
    assert.deepEqual(read(callback), { code: "abc.def" });
  });
}

test("iss may be absent, must be the issuer when present", async () => {
  assert.deepEqual(read(query({ code: "a", iss: expected.issuer })), { code: "a" });
  for (const iss of [`${expected.issuer}/`, environments.production.issuer, ""]) {
    assert.equal(await codeOf(() => read(query({ code: "a", iss }))), "issuer-mismatch");
    assert.equal(await codeOf(() => read(query({ error: "access_denied", iss }))), "issuer-mismatch");
  }
});

test("of another issuer, the message names the remedy for what Next.js does to an emulator's", () => {
  const iss = "http://localhost:8080/api/realms/honnin-emulator";
  assert.throws(() => read(query({ code: "a", iss })), {
    code: "issuer-mismatch",
    message: /HOSTNAME=localhost/,
  });
});

for (const other of ["", "x", state.slice(1), `${state}x`, `x${state.slice(1)}`, `${state.slice(0, -1)}x`]) {
  test(`state ${JSON.stringify(other)} is refused before all else`, async () => {
    for (const rest of [
      { code: "a" },
      { error: "access_denied" },
      { code: "a", error: "b" },
      { iss: "https://other.example" },
      { response: "jwt" },
      {},
    ] as Record<string, string>[]) {
      const parameters = new URLSearchParams({ ...rest, state: other });
      assert.equal(await codeOf(() => read(parameters)), "state-mismatch");
    }
  });
}

test("a response without state is refused", async () => {
  assert.equal(await codeOf(() => read("code=a")), "state-mismatch");
  assert.equal(await codeOf(() => read("")), "state-mismatch");
  assert.equal(await codeOf(() => read("https://shop.example/auth/callback")), "state-mismatch");
});

test("the state is compared to its end, wherever the first difference is", () => {
  const expected = "h01234567-abcdefghijklmnopqrstuvwxyz";
  const looks = (text: string) => {
    let count = 0;
    const watched = {
      length: text.length,
      charCodeAt(at: number) {
        count += 1;
        return text.charCodeAt(at);
      },
    };
    assert.equal(equalInConstantTime(watched as unknown as string, expected), text === expected);
    return count;
  };
  for (const text of [
    expected,
    `x${expected.slice(1)}`,
    `${expected.slice(0, -1)}x`,
    "",
    "x",
    `${expected}x`,
  ])
    assert.equal(looks(text), expected.length, text);
});

test("without a state or an issuer to hold it to, nothing is accepted", async () => {
  for (const options of [
    { state: "", issuer: expected.issuer },
    { state, issuer: "" },
    { state: undefined, issuer: expected.issuer },
    {},
    undefined,
  ]) {
    assert.equal(
      await codeOf(() => readAuthorizationResponse("code=a&state=", options as never)),
      "options-invalid",
    );
  }
});

test("a parameter that is there twice is refused", async () => {
  for (const twice of ["code=a&code=a", `code=a&state=${state}`, "code=a&x=1&x=1"]) {
    assert.equal(await codeOf(() => read(`state=${state}&${twice}`)), "authorization-response-malformed");
  }
});

test("access_denied has a code of its own, which does not claim to know why", async () => {
  const { code, message } = await refusalOf(() => read(query({ error: "access_denied" })));
  assert.equal(code, "login-denied");
  assert.match(message, /cancelled, or could not go on/);
});

for (const [error, code] of [
  ["temporarily_unavailable", "authorization-unavailable"],
  ["server_error", "authorization-unavailable"],
  ["login_required", "authorization-lapsed"],
  ["interaction_required", "authorization-lapsed"],
  ["consent_required", "authorization-lapsed"],
  ["account_selection_required", "authorization-lapsed"],
  ["invalid_scope", "authorization-refused"],
  ["Server_Error", "authorization-refused"],
] as const) {
  test(`${error} is ${code}`, async () => {
    const refusal = await refusalOf(() => read(query({ error, error_description: "山田花子" })));
    assert.equal(refusal.code, code);
    assert.ok(refusal.message.includes(error) && !refusal.message.includes("山田"));
  });
}

test("Keycloak's word for its own lapsed page means to begin again: in this form, and no other", async () => {
  const lapsed = { error: "temporarily_unavailable", error_description: "authentication_expired" };
  const { code, message } = await refusalOf(() => read(query(lapsed)));
  assert.equal(code, "authorization-lapsed");
  assert.ok(!message.includes("authentication_expired"));
  for (const error_description of ["authentication_expired ", "Authentication_expired", "expired"])
    assert.equal(
      await codeOf(() => read(query({ ...lapsed, error_description }))),
      "authorization-unavailable",
    );
  assert.equal(
    await codeOf(() => read(query({ ...lapsed, error: "invalid_request" }))),
    "authorization-refused",
  );
});

test("iss may be required", async () => {
  const required = { state, issuer: expected.issuer, requireIss: true };
  const good = query({ code: "a" });
  const without = new URLSearchParams(good);
  without.delete("iss");
  assert.equal(await codeOf(() => readAuthorizationResponse(without, required)), "issuer-mismatch");
  without.set("iss", expected.issuer);
  assert.deepEqual(readAuthorizationResponse(without, required), { code: "a" });
});

test("other errors are named, their descriptions are not repeated", async () => {
  const description = "<script>個人情報</script>";
  const { code, message } = await refusalOf(() =>
    read(query({ error: "invalid_scope", error_description: description })),
  );
  assert.equal(code, "authorization-refused");
  assert.match(message, /invalid_scope/);
  assert.ok(!message.includes("script") && !message.includes("個人"));
});

for (const error of ["", "<b>", "a b", "e".repeat(65), "日本", "a\nb"]) {
  test(`an error code of strange form is not repeated: ${JSON.stringify(error.slice(0, 10))}`, async () => {
    const { code, message } = await refusalOf(() => read(query({ error })));
    assert.equal(code, "authorization-refused");
    assert.match(message, /: an error code of unexpected form\.$/);
  });
}

for (const [what, parameters] of [
  ["neither code nor error", {}],
  ["both code and error", { code: "a", error: "access_denied" }],
  ["an empty code", { code: "" }],
  ["a code of 2,049 characters", { code: "a".repeat(2049) }],
  ["a code that is not ASCII", { code: "コード" }],
  ["a code with a line end", { code: "a\n" }],
  ["a JARM response", { code: "a", response: "e.y.J" }],
  ["an ID token from the front", { code: "a", id_token: "e.y.J" }],
  ["an access token from the front", { code: "a", access_token: "x" }],
  ["more than 16 KiB", { code: "a", filler: "b".repeat(16_384) }],
] as [string, Record<string, string>][]) {
  test(`${what} is malformed`, async () => {
    assert.equal(await codeOf(() => read(query(parameters))), "authorization-response-malformed");
  });
}

test("the longest code is accepted", () => {
  const code = "~".repeat(2048);
  assert.deepEqual(read(query({ code })), { code });
});

test("what is not a URL at all is malformed", async () => {
  for (const callback of [undefined, null, 1, {}]) {
    assert.equal(await codeOf(() => read(callback as never)), "authorization-response-malformed");
  }
});
