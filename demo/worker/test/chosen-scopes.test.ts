import assert from "node:assert/strict";
import { test } from "node:test";
import { allScopes, chosenScopes } from "../src/chosen-scopes.ts";

const chosen = (query: string) => chosenScopes(new Request(`https://shop.example/auth/login${query}`));

test("what is chosen is asked for, everything where nobody chose", () => {
  assert.deepEqual(chosen("?scope=openid&scope=name"), ["openid", "name"]);
  assert.deepEqual(chosen("?scope=gender&scope=address"), ["openid", "address", "gender"]);
  assert.deepEqual(chosen("?scope=openid"), ["openid"]);
  assert.deepEqual(chosen(""), allScopes);
});

test("scopes that are not offered are dropped", () => {
  assert.deepEqual(chosen("?scope=sign&scope=offline_access&scope=name%20address"), ["openid"]);
});
