// Clickjacking: another site, and a sibling on another host name or port, put the handler's pages and the site's into frames.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext, Frame, Page } from "playwright-core";
import { cookieNames, reached, scanCode, showCode, useCard, useWorld, whoIs } from "./world.ts";

const world = useWorld();

/** Opens a page of `top` with this address in a frame. */
async function framed(
  context: BrowserContext,
  top: string,
  url: string,
): Promise<{ page: Page; frame: Frame }> {
  world.shop.pages.set(
    "/trap",
    `<!doctype html><title>trap</title><h1>Win a prize</h1><iframe src="${url}" width="900" height="700"></iframe>`,
  );
  const page = await context.newPage();
  await page.goto(`${top}/trap`);
  const [, frame] = page.frames();
  assert.ok(frame !== undefined);
  await frame.waitForLoadState();
  return { page, frame };
}

const tops = (): [string, string][] => [
  ["another site", world.shop.elsewhere],
  ["a sibling", world.shop.sibling],
];

test("the handler's pages are shown in no frame: the phone's, those of errors", async (t) => {
  const { shop } = world;
  const victim = await world.browser(t);
  const [pc, phone] = [await victim.newPage(), await victim.newPage()];
  await pc.goto(`${shop.origin}/shop`);
  const url = await showCode(pc);
  shop.pages.set("/plain", "<!doctype html><title>plain</title><p>plain</p>");
  for (const [name, top] of tops()) {
    const plain = await framed(victim, top, `${shop.origin}/plain`);
    assert.equal(await plain.frame.locator("p").innerText(), "plain", "a page without headers can be framed");
    for (const path of [new URL(url).pathname, "/auth/callback?state=x&code=y", "/auth/nowhere"]) {
      const { frame } = await framed(victim, top, shop.origin + path);
      assert.equal(frame.url(), "chrome-error://chromewebdata/", `${path} by ${name}`);
    }
  }
  await scanCode(phone, url);
  for (const [name, top] of tops()) {
    const { frame } = await framed(victim, top, `${shop.origin}/auth/handoff/phone`);
    assert.equal(frame.url(), "chrome-error://chromewebdata/", `the number by ${name}`);
  }
});

test("the element in a site that another site frames: neither a handoff nor a login begins", async (t) => {
  const { shop } = world;
  const victim = await world.browser(t);
  const { page, frame } = await framed(victim, shop.elsewhere, `${shop.origin}/shop`);
  const url = await showCode(page, frame);
  // The browser takes no cookie in this frame, so the handoff is nobody's.
  await frame.waitForFunction(() =>
    ["lapsed", "failed"].includes(document.querySelector("honnin-login")?.state ?? ""),
  );
  assert.deepEqual(await cookieNames(victim), []);
  const phone = await (await world.browser(t)).newPage();
  await scanCode(phone, url);

  const again = await framed(victim, shop.elsewhere, `${shop.origin}/shop`);
  const refused = again.page.waitForResponse((response) => response.url().includes("/auth/login"));
  await again.frame.locator("honnin-login [part=link]").first().click();
  assert.equal((await refused).status(), 403);
  assert.deepEqual(await cookieNames(victim), []);
});

test("the element in a site that a sibling frames: the computer is not logged in inside of the frame", async (t) => {
  const { shop } = world;
  const victim = await world.browser(t);
  const phone = await (await world.browser(t)).newPage();
  const { page, frame } = await framed(victim, shop.sibling, `${shop.origin}/shop`);
  const number = await scanCode(phone, await showCode(page, frame));
  await reached(frame, "scanned");
  await frame.locator("honnin-login input").fill(number);
  await frame.locator("honnin-login form button").click();
  const refused = page.waitForResponse((response) => response.url().includes("/auth/handoff/claim"));
  await phone.locator('a[href="/auth/handoff/authorize"]').click();
  await useCard(phone);
  await phone.waitForURL("**/auth/handoff/phone");
  assert.equal((await refused).status(), 403);
  assert.equal(await whoIs(victim, shop), undefined);
  assert.deepEqual(await cookieNames(victim), ["honnin-handoff-pc"]);
});
