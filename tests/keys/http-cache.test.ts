// Keys rotate and are withdrawn while a browser's HTTP cache holds the old set for an hour.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { KeySource } from "honnin";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { root } from "../support/paths.ts";
import { type StaticServer, serveStatic } from "../support/static-server.ts";

const entry = "/honnin/dist/entries/browser.js";
const issuer = "https://op.example";
let browser: Browser;
let pages: StaticServer;
let endpoint: Server;
let url: string;
/** What the endpoint answers with, and how often it was asked. */
let published: JWK[] = [];
let asked = 0;

before(async () => {
  endpoint = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, {
      "content-type": "application/json",
      "cache-control": "public, max-age=3600",
      "access-control-allow-origin": "*",
    });
    response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/certs`;
  pages = await serveStatic({ honnin: join(root, "js") });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await pages?.close();
  endpoint?.closeAllConnections();
  endpoint?.close();
});

async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" };
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "ES256", kid })
    .setIssuer(issuer)
    .setAudience("client")
    .setSubject("person")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);
  return { jwk, token };
}

/** What the page keeps: a source of keys, and its clock in seconds from now. */
type Kept = typeof globalThis & { source?: KeySource; later?: number };

/** A page that makes a source of its own. */
async function openPage(): Promise<Page> {
  const page = await browser.contexts()[0]?.newPage();
  assert.ok(page !== undefined);
  await page.goto(`${pages.origin}/`);
  await page.evaluate(
    async ([path, keys]) => {
      const { remoteKeys } = await import(path);
      const kept = globalThis as Kept;
      kept.source = remoteKeys(keys, {
        coolDown: 0,
        staleIfError: 0,
        // A method: tsx would give a function its name by a helper that the page has not.
        now() {
          return Date.now() / 1000 + (kept.later ?? 0);
        },
      });
    },
    [entry, url] as const,
  );
  return page;
}

/** What verification with the page's source comes to. */
const verify = (page: Page, token: string) =>
  page.evaluate(
    async ([path, idToken, iss]) => {
      const { verifyIdToken } = await import(path);
      const keys = (globalThis as Kept).source;
      const options = { issuer: iss, clientId: "client", nonce: null, keys };
      return verifyIdToken(idToken, options).then(
        () => "accepted",
        (error: { code?: string }) => error.code ?? String(error),
      );
    },
    [entry, token, issuer] as const,
  );

const kidsInCache = (page: Page) =>
  page.evaluate(async (keys) => {
    const { keys: list } = await (await fetch(keys)).json();
    return (list as JWK[]).map(({ kid }) => kid);
  }, url);

const pass = (page: Page, seconds: number) =>
  page.evaluate((later) => {
    (globalThis as Kept).later = later;
  }, seconds);

test("new keys are found and withdrawn ones refused at once, whatever the browser's cache holds", async () => {
  const [old, next] = [await makeKey("old"), await makeKey("next")];
  published = [old.jwk];
  await browser.newContext();
  const page = await openPage();
  assert.equal(await verify(page, old.token), "accepted");
  assert.equal(asked, 1);
  assert.deepEqual(await kidsInCache(page), ["old"]);
  assert.equal(asked, 2);

  published = [old.jwk, next.jwk];
  assert.equal(await verify(page, next.token), "accepted", "refresh() finds the new key");
  assert.equal(asked, 3);
  const second = await openPage();
  assert.equal(await verify(second, next.token), "accepted", "a source that is made anew has the new key");
  assert.equal(asked, 4);
  assert.deepEqual(await kidsInCache(second), ["old"], "the cache has held the old set all the time");
  assert.equal(asked, 4);

  published = [next.jwk];
  const third = await openPage();
  assert.equal(await verify(third, old.token), "key-not-found", "a source that is made anew");
  assert.deepEqual(await kidsInCache(third), ["old"]);
  await pass(page, 3601);
  assert.equal(await verify(page, old.token), "key-not-found", "a source whose set has lapsed");
  assert.equal(await verify(page, next.token), "accepted");
});
