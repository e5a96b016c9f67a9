import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "../src/index.js";
import { checkHost, checkOrigin } from "../src/origin.js";

test("a public origin is scheme, host and port, and the error says what is too much", () => {
  for (const [origin, message] of [
    ["", /no URL/],
    ["op.example", /no URL/],
    ["localhost:8080", /https or http/],
    ["ftp://op.example", /https or http/],
    ["https://a@op.example", /user name/],
    ["https://:b@op.example", /user name/],
    ["https://op.example/emulator", /path/],
    ["https://op.example//", /path/],
    ["https://op.example/?a", /query/],
    ["https://op.example/#a", /fragment/],
    ["http://0.0.0.0:8080", /stands for all/],
    ["http://0:8080", /stands for all/],
    ["http://[::]:8080", /stands for all/],
  ] as const) {
    assert.throws(() => checkOrigin(origin), { code: "origin-invalid", message });
  }
  assert.equal(checkOrigin("https://OP.example:443/"), "https://op.example");
  assert.equal(checkOrigin("http://localhost:8080"), "http://localhost:8080");
});

test("a host is an address", () => {
  for (const host of [
    "",
    "op.example",
    "127.0.0.1:8080",
    "http://127.0.0.1",
    "[::1]",
    "fe80::1%lo",
    "127.1",
  ]) {
    assert.throws(() => checkHost(host), { code: "host-invalid", message: /address of this machine/ });
  }
  for (const host of ["127.0.0.1", "0.0.0.0", "::1", "::", "localhost"]) assert.equal(checkHost(host), host);
});

test("both are refused before anything listens", async () => {
  await assert.rejects(startEmulator({ host: "op.example" }), { code: "host-invalid" });
  await assert.rejects(startEmulator({ publicOrigin: "https://op.example/x" }), { code: "origin-invalid" });
});
