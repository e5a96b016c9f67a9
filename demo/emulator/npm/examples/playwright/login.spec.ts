// Logins in a browser: npx playwright test
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { startEmulator, type TestEmulator } from "honnin-emulator/testing";
import { createSite } from "../site.ts";

let emulator: TestEmulator;
let server: Server;
let origin: string;
let site: (request: Request) => Promise<Response>;

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = new Headers(incoming.headers as Record<string, string>);
  const response = await site(new Request(new URL(incoming.url ?? "/", origin), { headers }));
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

test.beforeAll(async () => {
  // The port first: the redirect URI contains it.
  server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  emulator = await startEmulator({ client: { redirectUri: `${origin}/auth/callback` } });
  site = createSite(emulator);
});
test.afterAll(async () => {
  await emulator?.close();
  server.close();
  server.closeAllConnections();
});

test("without clicks at the service", async ({ page }) => {
  emulator.nextLogin({ person: "ordinary-woman" });
  const began = Date.now();
  await page.goto(`${origin}/auth/login?return_to=/account`);
  await expect(page.locator("body")).toContainText("見本　花子");
  console.log(`one login: ${((Date.now() - began) / 1000).toFixed(3)} s`);
});

test("on the pages of the service, with a test card", async ({ page }) => {
  await page.goto(`${origin}/auth/login?return_to=/account`);
  await page.getByTestId("test-card").click();
  await page.getByTestId("person-foreign-resident").check();
  await page.getByTestId("authenticate").click();
  await expect(page.locator("body")).toContainText("SAMPLE MARIE-CLAIRE O'FICTION");
});

test("a wrong answer of the service shows the site's error page", async ({ page }) => {
  emulator.nextLogin({ response: "wrong-nonce" });
  const response = await page.goto(`${origin}/auth/login?return_to=/account`);
  expect(response?.status()).toBe(502);
});
