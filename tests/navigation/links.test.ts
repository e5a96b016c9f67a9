// Navigations of every kind begin and end a login: through a site's service worker, and by links of other sites, which push out nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { cookiesOf, subOf, useCard, useWorld } from "./world.ts";

const world = useWorld();

test("a site whose service worker passes navigations on can be logged in to", async (t) => {
  const { site } = world;
  const context = await world.newContext();
  t.after(() => context.close());
  site.pages.set(
    "/worker.js",
    `addEventListener("install", () => skipWaiting());
    addEventListener("activate", (event) => event.waitUntil(clients.claim()));
    addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));`,
  );
  site.pages.set("/home", '<!doctype html><title>home</title><a href="/auth/login?return_to=/me">log in</a>');
  const page = await context.newPage();
  await page.goto(`${site.origin}/home`);
  await page.evaluate(async () => {
    const controlled = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
    await navigator.serviceWorker.register("/worker.js");
    await controlled;
  });
  const first = site.seen.length;
  await page.locator("a").click();
  await useCard(page);
  assert.ok(await subOf(page));
  const passed = site.seen.slice(first);
  assert.deepEqual(
    passed.map(({ url, status }) => [url.pathname, status]),
    [
      ["/auth/login", 303],
      ["/auth/callback", 303],
    ],
  );
  // As the worker's own `fetch` sends it.
  for (const { headers } of passed) {
    assert.equal(headers.get("sec-fetch-mode"), "navigate");
    assert.equal(headers.get("sec-fetch-dest"), "empty");
  }
});

/** A tab that came from a page of another site by a link to the login, and is at the service now. */
async function comeByLink(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${world.site.crossSite}/elsewhere`);
  await page.locator("a").click();
  await page.waitForURL("**/test-card");
  return page;
}

test("links of another site begin logins that work, and push out none that began here", async (t) => {
  const { site } = world;
  const context = await world.newContext();
  t.after(() => context.close());
  site.pages.set(
    "/here",
    '<!doctype html><title>here</title><a href="/auth/login?return_to=/me?of=here">log in</a>',
  );
  site.pages.set(
    "/elsewhere",
    `<!doctype html><title>elsewhere</title><a href="${site.origin}/auth/login?return_to=/me?of=link">log in</a>`,
  );
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/here`);
  await tab.locator("a").click();
  await tab.waitForURL("**/test-card");
  const [own = ""] = await cookiesOf(context).then((all) =>
    all.filter((one) => one.startsWith("honnin-login-")),
  );
  assert.notEqual(own, "");

  const first = site.seen.length;
  let last: Page | undefined;
  for (let count = 0; count < 8; count += 1) last = await comeByLink(context);
  const begun = site.seen.slice(first);
  assert.deepEqual(
    begun.map(({ headers, status }) => [headers.get("sec-fetch-site"), status]),
    Array(8).fill(["cross-site", 303]),
  );
  assert.ok((await cookiesOf(context)).includes(own), "the login under way has its cookie");

  assert.ok(last !== undefined);
  await useCard(last);
  assert.ok(await subOf(last));
  assert.equal(new URL(last.url()).search, "?of=link");
  await useCard(tab);
  assert.ok(await subOf(tab));
  assert.equal(new URL(tab.url()).search, "?of=here");
});
