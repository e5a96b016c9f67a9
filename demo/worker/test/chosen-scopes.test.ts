import assert from "node:assert/strict";
import { test } from "node:test";
import { allScopes, chosenLogin, readReturnAddress } from "../src/chosen-scopes.ts";

const login = (query: string) => {
  const { scopes, request } = chosenLogin(new Request(`https://shop.example/auth/login${query}`), "/result");
  return { scopes, query: new URL(request.url).searchParams };
};

test("what is chosen is asked for, and is there again on return", () => {
  for (const [query, scopes, returnTo] of [
    ["?return_to=/result&scope=openid&scope=name", ["openid", "name"], "/result"],
    ["?return_to=/result&scope=gender&scope=address", ["openid", "address", "gender"], "/result"],
    ["?return_to=/a%3Fb%3Dc%3Fd%26e%3D%2520&scope=openid", ["openid"], "/a?b=c?d&e=%20"],
    ["?return_to=/a%23b&scope=openid", ["openid"], "/a#b"],
    ["?scope=openid", ["openid"], "/result"],
    ["", allScopes, "/result"],
  ] as const) {
    const begun = login(query);
    assert.deepEqual(begun.scopes, scopes, query);
    assert.equal(begun.query.has("scope"), false);
    assert.deepEqual(readReturnAddress(begun.query.get("return_to") ?? ""), { scopes, returnTo }, query);
  }
});

test("scopes that are not offered are dropped", () => {
  assert.deepEqual(login("?scope=sign&scope=offline_access&scope=name%20address").scopes, ["openid"]);
});

test("two return addresses are left for the handler to refuse", () => {
  assert.deepEqual(login("?return_to=/a&return_to=/b").query.getAll("return_to"), ["/a", "/b"]);
});

test("a return address without the note stands for the default", () => {
  assert.deepEqual(readReturnAddress("/result?a=1"), { scopes: allScopes, returnTo: "/result?a=1" });
  assert.deepEqual(readReturnAddress("/result?asked=name.nothing"), {
    scopes: ["name"],
    returnTo: "/result",
  });
});
