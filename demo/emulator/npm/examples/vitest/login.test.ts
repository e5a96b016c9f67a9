// Logins at a site without a port and without a browser: npx vitest run
import { startEmulator, type TestEmulator } from "honnin-emulator/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSite } from "../site.ts";

const start = "https://shop.example/auth/login?return_to=/account";
let emulator: TestEmulator;
let fetch: (request: Request) => Promise<Response>;

beforeAll(async () => {
  emulator = await startEmulator({ client: { redirectUri: "https://shop.example/auth/callback" } });
  fetch = createSite(emulator);
});
afterAll(() => emulator?.close());

test("a person logs in, and the account knows the name", async () => {
  const login = await emulator.loginAs("ordinary", { start, fetch });
  expect(login.response.headers.get("location")).toBe("https://shop.example/account");
  const account = await login.visitor.fetch("https://shop.example/account");
  expect(await account.json()).toMatchObject({ name: "本人　太郎" });
  console.log(`one login: ${(login.milliseconds / 1000).toFixed(3)} s`);
});

test("a cancelled login is no login", async () => {
  const login = await emulator.loginAs("ordinary", { start, fetch, response: "access_denied" });
  expect(login.response.status).toBe(400);
  expect((await login.visitor.fetch("https://shop.example/account")).status).toBe(401);
});

test("an ID token for somebody else is refused", async () => {
  const login = await emulator.loginAs("ordinary", { start, fetch, response: "wrong-audience" });
  expect(login.response.status).toBe(502);
});

test("the site asks for what it needs, and proves who it is", async () => {
  const { request, tokenRequest } = await emulator.loginAs("ordinary", { start, fetch });
  expect(request.parameters.scope).toBe("openid name birthdate");
  expect(request.parameters.code_challenge_method).toBe("S256");
  expect(tokenRequest?.parameters.client_assertion).toBeDefined();
  expect(tokenRequest?.parameters.client_secret).toBeUndefined();
});
