// Codes, states and secrets in addresses: no later request of the browser tells them to anybody.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { scanCode, showCode, useCard, useWorld } from "./world.ts";

const world = useWorld();

/** Every referrer that this browser sends from now on, with where to. */
function referrersOf(context: BrowserContext): { from: string; to: string }[] {
  const all: { from: string; to: string }[] = [];
  context.on("request", (request) => {
    const { referer } = request.headers();
    if (referer) all.push({ from: referer, to: request.url() });
  });
  return all;
}

/** The address of the first request to this path. */
const addressOf = async (page: Page, path: string) =>
  new URL((await page.waitForRequest((request) => new URL(request.url()).pathname === path)).url());

test("a login, and one that fails on a page of the site's own with pictures and links to elsewhere", async (t) => {
  const { shop } = world;
  const victim = await world.browser(t);
  const referrers = referrersOf(victim);
  shop.pages.set(
    "/home",
    '<!doctype html><title>home</title><a href="/auth/login?return_to=/welcome">login</a>',
  );
  shop.pages.set(
    "/welcome",
    `<!doctype html><title>welcome</title><img src="${shop.elsewhere}/picture"><p>welcome</p>`,
  );
  shop.pages.set("/help", "<!doctype html><title>help</title><p>help</p>");
  const page = await victim.newPage();
  await page.goto(`${shop.origin}/home`);
  await page.locator("a").click();
  const callback = addressOf(page, "/auth/callback");
  await useCard(page);
  await page.waitForURL("**/welcome");
  const { searchParams } = await callback;
  const [code = "", state = ""] = [searchParams.get("code") ?? "", searchParams.get("state") ?? ""];
  assert.ok(code !== "" && state !== "");

  // The callback again, with another state: an error page that loads something at once and has a link.
  const picture = page.waitForRequest(`${shop.elsewhere}/picture`);
  await page.goto(`${shop.origin}/auth/callback?code=${code}&state=x${state}&own`);
  assert.equal((await picture).headers().referer ?? "", "");
  await page.locator("a").click();
  await page.waitForURL("**/help");

  // Those of the site's pages are there, so that this shows something.
  assert.ok(referrers.some(({ from }) => from === `${shop.origin}/home`));
  assert.ok(referrers.some(({ to }) => to === `${shop.elsewhere}/picture`));
  for (const { from, to } of referrers)
    assert.ok(![code, state, "/auth/"].some((secret) => from.includes(secret)), `${from} to ${to}`);
});

test("a handoff: the secret of the code is told to nobody after the page of the code", async (t) => {
  const { shop } = world;
  const [computer, phones] = [await world.browser(t), await world.browser(t)];
  const referrers = [referrersOf(computer), referrersOf(phones)];
  const [pc, phone] = [await computer.newPage(), await phones.newPage()];
  await pc.goto(`${shop.origin}/shop`);
  const url = await showCode(pc);
  const requests: string[] = [];
  phones.on("request", (request) => requests.push(request.url()));
  const number = await scanCode(phone, url);
  await pc.locator("honnin-login input").fill(number);
  await pc.locator("honnin-login form button").click();
  await phone.locator('a[href="/auth/handoff/authorize"]').click();
  await useCard(phone);
  await pc.waitForURL("**/me");
  const secret = url.slice(-43);
  for (const { from, to } of referrers.flat()) assert.ok(!from.includes(secret), `${from} to ${to}`);
  // In one address only, for one request: the rest go without it.
  assert.deepEqual(
    requests.filter((address) => address.includes(secret)),
    [url],
  );
});
