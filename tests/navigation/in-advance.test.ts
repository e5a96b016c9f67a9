// What a page loads by itself, and what a browser fetches in advance, neither begins nor ends a login; a click does.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { cookiesOf, subOf, useCard, useWorld } from "./world.ts";

const world = useWorld();

interface Way {
  write(address: string): string;
  /** A header that shows that the browser went this way, and what it says. */
  readonly by: string;
  readonly says: RegExp;
}

const destination = (says: RegExp, write: Way["write"]): Way => ({ by: "sec-fetch-dest", says, write });
const purpose = (says: RegExp, write: Way["write"]): Way => ({ by: "sec-purpose", says, write });
const mode = (says: RegExp, write: Way["write"]): Way => ({ by: "sec-fetch-mode", says, write });

/** Ways in which a browser asks for an address without anybody going there. */
const ways: Record<string, Way> = {
  prefetch: purpose(/^prefetch$/, (address) => speculation("prefetch", address)),
  prerender: purpose(/prerender/, (address) => speculation("prerender", address)),
  "link-prefetch": purpose(/^prefetch$/, (address) => `<link rel="prefetch" href="${escaped(address)}">`),
  image: destination(/^image$/, (address) => `<img src="${escaped(address)}" alt="">`),
  frame: destination(/^iframe$/, (address) => `<iframe src="${escaped(address)}"></iframe>`),
  object: destination(/^object$/, (address) => `<object data="${escaped(address)}"></object>`),
  script: destination(/^script$/, (address) => `<script src="${escaped(address)}"></script>`),
  style: destination(/^style$/, (address) => `<link rel="stylesheet" href="${escaped(address)}">`),
  fetch: mode(/^no-cors$/, (address) => asking(address, { credentials: "include", mode: "no-cors" })),
  "cors-fetch": mode(/^cors$/, (address) => asking(address, { credentials: "include" })),
};

function escaped(address: string): string {
  return address.replaceAll("&", "&amp;");
}

function speculation(kind: "prefetch" | "prerender", address: string): string {
  const rules = { [kind]: [{ urls: [address], eagerness: "immediate" }] };
  return `<script type="speculationrules">${JSON.stringify(rules)}</script>`;
}

function asking(address: string, init: RequestInit): string {
  return `<script>fetch(${JSON.stringify(address)}, ${JSON.stringify(init)}).catch(() => {});</script>`;
}

/** Chromium speculates about another site only where it has no cookies of it, and never renders that in advance. */
const withheld: Record<string, readonly string[]> = { "cross-site": ["prefetch", "prerender"] };

for (const from of ["same-origin", "same-site", "cross-site"] as const) {
  test(`a ${from} page sets no cookie and ends none, however it asks`, async (t) => {
    const { site } = world;
    const context = await world.newContext();
    t.after(() => context.close());

    // A login of another tab, up to the address that brings it back.
    const tab = await context.newPage();
    await tab.goto(`${site.origin}/auth/login?return_to=/me?of=tab`);
    const holding = site.holdCallback();
    await useCard(tab);
    const callback = await holding;
    const before = await cookiesOf(context);
    assert.equal(before.filter((cookie) => cookie.startsWith("honnin-login-")).length, 1);

    const login = new URL("/auth/login?return_to=/me?of=click", site.origin);
    const asked = Object.keys(ways).filter((way) => !withheld[from]?.includes(way));
    const page = await openAsking(context, from, asked, [login, callback]);
    assert.deepEqual(await cookiesOf(context), before);

    // The link leads to an address that was asked for in advance.
    await page.locator("a").click();
    await useCard(page);
    assert.ok(await subOf(page));
    assert.equal(new URL(page.url()).search, "?of=click");
    // And the login of the other tab comes to its end, with a code that nobody has spent.
    await tab.goto(callback.href);
    assert.ok(await subOf(tab));
    assert.equal(new URL(tab.url()).search, "?of=tab");
  });
}

test("a page of another site fetches in advance for somebody who was never here, and the click logs in", async (t) => {
  const { site } = world;
  const context = await world.newContext();
  t.after(() => context.close());
  const login = new URL("/auth/login?return_to=/me", site.origin);
  const page = await openAsking(context, "cross-site", ["prefetch"], [login]);
  assert.deepEqual(await cookiesOf(context), []);
  await page.locator("a").click();
  await useCard(page);
  assert.ok(await subOf(page));
});

/**
 * A page that asks for addresses in these ways, and links to the first of them. All answers are there, and refuse.
 *
 * @param from where the page is, as seen from the site
 */
async function openAsking(
  context: BrowserContext,
  from: "same-origin" | "same-site" | "cross-site",
  asked: readonly string[],
  urls: readonly URL[],
): Promise<Page> {
  const { site } = world;
  const run = randomUUID();
  const marked = asked.flatMap((way) =>
    urls.map((url, index) => {
      const address = new URL(url);
      address.searchParams.set("mark", `${run} ${way} ${index}`);
      return { way, address };
    }),
  );
  const [first] = marked;
  const parts = marked.map(({ way, address }) => ways[way]?.write(address.href) ?? "");
  const html = `<!doctype html><title>page</title><a href="${escaped(first?.address.href ?? "")}">log in</a>`;
  site.pages.set("/page", html + parts.join("\n"));
  const page = await context.newPage();
  const host = { "same-origin": site.origin, "same-site": site.sameSite, "cross-site": site.crossSite };
  await page.goto(`${host[from]}/page`);
  for (const { way, address } of marked) {
    const what = `${way} ${address.pathname}`;
    const { status, answer, headers } = await site.until(what, ({ url }) => url.href === address.href);
    assert.match(headers.get(ways[way]?.by ?? "") ?? "", ways[way]?.says ?? /^$/, what);
    // Chromium says "none" of what it speculates about.
    const speculates = ["prefetch", "prerender"].includes(way);
    assert.equal(headers.get("sec-fetch-site"), speculates ? "none" : from, what);
    assert.equal(status, 403, what);
    assert.equal(answer.get("cache-control"), "no-store", what);
    assert.deepEqual(answer.getSetCookie(), [], what);
  }
  return page;
}
