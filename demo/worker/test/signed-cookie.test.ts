import assert from "node:assert/strict";
import { test } from "node:test";
import { signedCookie } from "../src/signed-cookie.ts";

const id = "0123456789abcdef".repeat(4);
const withCookie = (cookie: string) => new Request("https://shop.example/", { headers: { cookie } });

test("the cookie is bound to its host over https, and hidden from scripts always", () => {
  assert.equal(
    signedCookie(true, 600).set(id),
    `__Host-honnin-signed=${id}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure`,
  );
  assert.equal(
    signedCookie(false, 60).set(id),
    `honnin-signed=${id}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`,
  );
});

test("it is read by its whole name, and only where it is an id", () => {
  const { read } = signedCookie(true, 600);
  assert.equal(read(withCookie(`a=b; __Host-honnin-signed=${id}; c=d`)), id);
  for (const cookie of [
    "",
    "a=b",
    `honnin-signed=${id}`,
    `x__Host-honnin-signed=${id}`,
    `__Host-honnin-signed=${id}0`,
    "__Host-honnin-signed=",
    `__Host-honnin-signed=${id.toUpperCase()}`,
    // What a browser does not take for the name that it protects.
    `\u00a0__Host-honnin-signed=${id}`,
    `a=b; \u0085__Host-honnin-signed=${id}`,
    // Two of one name: nothing says which was planted.
    `__Host-honnin-signed=${id}; __Host-honnin-signed=${id}`,
  ])
    assert.equal(read(withCookie(cookie)), undefined, cookie);
});
