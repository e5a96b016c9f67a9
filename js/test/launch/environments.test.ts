import assert from "node:assert/strict";
import { test } from "node:test";
import { emulatorAt, environmentAt, environments } from "honnin/launch";
import { isEmulatorIssuer } from "../../src/launch/environments.js";
import { codeOf } from "../support/refusal.ts";

test("production and sandbox are the service's own addresses", () => {
  assert.deepEqual(environments.production, {
    name: "production",
    issuer: "https://auth-and-sign.go.jp/api/realms/main",
    authorizationEndpoint: "https://auth-and-sign.go.jp/api/realms/main/protocol/openid-connect/auth",
    tokenEndpoint: "https://auth-and-sign.go.jp/api/realms/main/protocol/openid-connect/token",
    userinfoEndpoint: "https://auth-and-sign.go.jp/api/realms/main/protocol/openid-connect/userinfo",
    jwksUri: "https://auth-and-sign.go.jp/api/realms/main/protocol/openid-connect/certs",
    signTransactionsEndpoint: "https://auth-and-sign.go.jp/api/sign-transactions",
  });
  const moved = JSON.stringify(environments.production)
    .replaceAll("https://auth-and-sign", "https://sb-auth-and-sign")
    .replace('"production"', '"sandbox"');
  assert.deepEqual(environments.sandbox, JSON.parse(moved));
});

test("the tables cannot be changed by accident", () => {
  assert.ok(Object.isFrozen(environments) && Object.isFrozen(environments.production));
});

test("another origin gets the same paths", () => {
  const environment = environmentAt("http://127.0.0.1:8080");
  assert.equal(environment.name, "127.0.0.1:8080");
  assert.equal(environment.issuer, "http://127.0.0.1:8080/api/realms/main");
  assert.equal(environment.jwksUri, "http://127.0.0.1:8080/api/realms/main/protocol/openid-connect/certs");
  assert.equal(environment.signTransactionsEndpoint, "http://127.0.0.1:8080/api/sign-transactions");
  assert.equal(environmentAt(new URL("https://op.example/"), "staging").name, "staging");
});

test("an emulator's issuer is none of the service's, and is known as an emulator's wherever it runs", () => {
  const environment = emulatorAt("http://127.0.0.1:8080");
  assert.deepEqual(environment, {
    name: "emulator",
    issuer: "http://127.0.0.1:8080/api/realms/honnin-emulator",
    authorizationEndpoint: "http://127.0.0.1:8080/api/realms/honnin-emulator/protocol/openid-connect/auth",
    tokenEndpoint: "http://127.0.0.1:8080/api/realms/honnin-emulator/protocol/openid-connect/token",
    userinfoEndpoint: "http://127.0.0.1:8080/api/realms/honnin-emulator/protocol/openid-connect/userinfo",
    jwksUri: "http://127.0.0.1:8080/api/realms/honnin-emulator/protocol/openid-connect/certs",
    signTransactionsEndpoint: "http://127.0.0.1:8080/api/sign-transactions",
  });
  assert.ok(Object.isFrozen(environment));
  assert.equal(emulatorAt(new URL("https://op.example/"), "staging").name, "staging");
  for (const { issuer } of [
    environment,
    emulatorAt("https://op.example"),
    emulatorAt("https://auth-and-sign.go.jp"),
  ]) {
    assert.ok(isEmulatorIssuer(issuer), issuer);
    assert.ok(isEmulatorIssuer(`${issuer}/`), `${issuer}/`);
  }
  for (const { issuer } of [
    environments.production,
    environments.sandbox,
    environmentAt("http://127.0.0.1:8080"),
  ]) {
    assert.ok(!isEmulatorIssuer(issuer), issuer);
  }
  for (const issuer of [
    "",
    "honnin-emulator",
    "https://honnin-emulator/api/realms/main",
    "https://op.example/api/realms/main?/realms/honnin-emulator",
    "https://op.example/api/realms/not-honnin-emulator",
    "https://op.example/realms/honnin-emulator/realms/main",
  ]) {
    assert.ok(!isEmulatorIssuer(issuer), issuer);
  }
});

for (const origin of [
  "http://op.example",
  "https://op.example/prefix",
  "https://op.example/?a",
  "https://op.example/#a",
  "https://user:secret@op.example",
  "ftp://op.example",
  "op.example",
  "",
]) {
  test(`an environment at ${JSON.stringify(origin)} is refused`, async () => {
    assert.equal(await codeOf(() => environmentAt(origin)), "options-invalid");
    assert.equal(await codeOf(() => emulatorAt(origin)), "options-invalid");
  });
}
