// Routes, their methods, and how a runtime calls them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("routes hang beside the callback, with signing only", async () => {
  assert.deepEqual(openSite(world).paths, {
    login: "/auth/login",
    callback: "/auth/callback",
    logout: "/auth/logout",
    sign: "/auth/sign",
    signResume: "/auth/sign/resume",
  });
  const { party } = world.party();
  const none = await party.fetch(
    new Request(`${site}/auth/sign`, { method: "POST", headers: { origin: site } }),
  );
  assert.equal(await codeOf(none), "route-not-found");
  // A page of that name is a place to return to there.
  assert.equal((await party.fetch(new Request(`${site}/auth/login?return_to=/auth/sign`))).status, 303);
});

test("methods: each route takes its own", async () => {
  const { browser } = openSite(world);
  for (const [path, allow] of [
    ["sign", "POST"],
    ["sign/resume", "GET"],
  ] as const) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE"]) {
      if (method === allow) continue;
      const response = await browser.send(`${site}/auth/${path}`, { method, headers: { origin: site } });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow);
    }
  }
});

test("callback and resumption are handed to the runtime, to be run to their end", async () => {
  const opened = openSite(world);
  const { party } = opened.browser;
  const kept: Promise<unknown>[] = [];
  const context = { waitUntil: (promise: Promise<unknown>) => void kept.push(promise) };
  opened.browser.party.fetch = (
    (fetch) => (request: Request) =>
      fetch(request, context)
  )(party.fetch);
  const callback = await opened.begin();
  await world.begin(opened.browser);
  assert.equal(kept.length, 0);
  const pending = await opened.pause(callback, 202);
  assert.equal(kept.length, 1);
  assert.equal(await kept[0], pending);
  const done = await opened.resume();
  assert.equal(kept.length, 2);
  assert.equal(await kept[1], done);
  assert.equal(opened.signings.length, 1);
});

test("what a runtime hands over in the context's place does no harm", async () => {
  const { party } = openSite(world).browser;
  for (const context of [undefined, null, {}, { waitUntil: "x" }]) {
    const response = await party.fetch(new Request(`${site}/auth/sign/resume`), context as never);
    assert.equal(await codeOf(response), "signature-not-found");
  }
});
