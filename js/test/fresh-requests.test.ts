// What decides whom to believe, or is about a person, is never taken out of an HTTP cache: whoever is asked, and for whatever.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fetch } from "../src/bounded-fetch.js";
import { openSite, useSigningWorld } from "./relying-party/signing/site.js";

const world = await useSigningWorld();

/** A `fetch` that keeps what it was asked with, by the last part of the path. */
function recorder() {
  const asked = new Map<string, RequestInit[]>();
  const fetch: Fetch = (url, init) => {
    const path = new URL(url).pathname.split("/").at(-1) ?? "";
    asked.set(path, [...(asked.get(path) ?? []), init]);
    return globalThis.fetch(url, init);
  };
  return { asked, fetch };
}

function assertFresh(asked: ReadonlyMap<string, readonly RequestInit[]>, paths: readonly string[]): void {
  assert.deepEqual([...asked.keys()].sort(), [...paths].sort());
  for (const [path, inits] of asked) {
    for (const { cache, headers } of inits) {
      assert.equal(cache, "no-store", path);
      // In a browser it would cost a preflight.
      assert.equal(new Headers(headers).get("cache-control"), null, path);
    }
  }
}

test("a login asks for tokens, keys and basic items past every cache", async () => {
  const { asked, fetch } = recorder();
  const { browser } = world.party({ fetch, scope: "openid name" });
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  assertFresh(asked, ["token", "certs", "userinfo"]);
});

test("a signature begins, goes on and ends past every cache", async () => {
  const { asked, fetch } = recorder();
  const { browser, begin, signings } = openSite(world, {}, { fetch });
  assert.equal((await browser.send(await begin())).status, 303);
  assert.equal(signings.length, 1);
  assertFresh(asked, ["token", "certs", "sign-transactions", "result"]);
});
