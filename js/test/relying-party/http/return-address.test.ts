import assert from "node:assert/strict";
import { test } from "node:test";
import { returnAddress } from "../../../src/relying-party/http/return-address.js";

const site = {
  origin: "https://shop.example",
  paths: {
    login: "/auth/login",
    callback: "/auth/callback",
    logout: "/auth/logout",
    handoff: "/auth/handoff",
  },
};

const accepted: [string | undefined, string][] = [
  [undefined, "/"],
  ["/", "/"],
  ["/account", "/account"],
  ["/account?tab=1&next=https://other.example/#part", "/account?tab=1&next=https://other.example/#part"],
  ["/a/../b/./c", "/b/c"],
  ["/検索?q=花子", "/%E6%A4%9C%E7%B4%A2?q=%E8%8A%B1%E5%AD%90"],
  ["/%2F%2Fother.example", "/%2F%2Fother.example"],
  ["/@other.example", "/@other.example"],
  ["/:8080", "/:8080"],
];

const refused: unknown[] = [
  "",
  "account",
  "?q=1",
  "#part",
  "//other.example",
  "///other.example",
  "/\\other.example",
  "\\\\other.example",
  "/a\\..\\b",
  "/\t/other.example",
  "/\n/other.example",
  "/\r/other.example",
  "\t//other.example",
  " /account",
  "/a b",
  "/a\u0000b",
  "/a\u007fb",
  "/a\u0085b",
  "/a\u00a0b",
  "/a\u2028b",
  "/.//other.example",
  "/a/..//other.example",
  "/%2e//other.example",
  "/%2E%2E//other.example",
  "https://other.example/",
  "https://shop.example/",
  "https:/account",
  "javascript:alert(1)",
  "data:text/html,x",
  `/${"a".repeat(1_024)}`,
  `/${"花".repeat(200)}`,
  7,
  {},
  ["/a", "/b"],
];

test("places within the site are resolved", async () => {
  for (const [value, expected] of accepted) assert.equal(await returnAddress(site, value), expected);
});

test("everything else is refused, without being quoted", async () => {
  for (const value of refused) {
    await assert.rejects(
      returnAddress(site, value),
      (error: { code: string; message: string }) =>
        error.code === "return-address-refused" && !error.message.includes("other.example"),
      JSON.stringify(value),
    );
  }
});

test("the handler's own routes are no places to return to", async () => {
  for (const value of [
    ...["/auth/login", "/auth/./login?x", "/auth/callback#y", "/auth/handoff"],
    ...["/auth/handoff/authorize", "/auth/handoff/s/secret", "/auth/x/../handoff/phone?y"],
  ])
    await assert.rejects(returnAddress(site, value), { code: "return-address-refused" }, value);
  for (const value of ["/auth/other", "/auth/login/help", "/auth/handoffs", "/auth/sign"])
    assert.equal(await returnAddress(site, value), value);
});
