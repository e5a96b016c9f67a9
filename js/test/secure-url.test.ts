import assert from "node:assert/strict";
import { test } from "node:test";
import { isLoopback, secureUrl } from "../src/secure-url.ts";
import { refusalOf } from "./support/refusal.ts";

for (const url of [
  "https://op.example/a?b#c",
  "https://192.0.2.1:8443/",
  "http://localhost/",
  "http://LOCALHOST:1/",
  "http://127.0.0.1:8080/",
  "http://127.255.255.254/",
  "http://127.1/",
  "http://0x7f.1/",
  "http://[::1]:3000/",
  "http://[0:0:0:0:0:0:0:1]/",
]) {
  test(`${url} is accepted`, () => {
    assert.equal(secureUrl(url, "It").href, new URL(url).href);
  });
}

for (const url of [
  "http://op.example/",
  "http://localhost.op.example/",
  "http://xlocalhost/",
  "http://127.0.0.1.op.example/",
  "http://128.0.0.1/",
  "http://0.0.0.0/",
  "http://10.0.0.1/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::2]/",
  "https://user@op.example/",
  "https://:secret@op.example/",
  "http://user:secret@localhost/",
  "ftp://localhost/",
  "file:///etc/passwd",
  "data:,a",
  "//op.example/",
  "op.example",
  "",
]) {
  test(`${url} is refused, and not repeated`, async () => {
    const { code, message } = await refusalOf(() => secureUrl(url, "It"));
    assert.equal(code, "options-invalid");
    assert.match(message, /^It (is not|must be)/);
    assert.ok(url === "" || !message.includes(url));
  });
}

test("the code is the caller's", async () => {
  assert.equal((await refusalOf(() => secureUrl("x", "It", "request-invalid"))).code, "request-invalid");
});

test("loopback is told by the parsed host", () => {
  assert.ok(isLoopback(new URL("https://127.0.0.1/")));
  assert.ok(!isLoopback(new URL("https://op.example/?127.0.0.1")));
});
