// A callback that the browser loads anew: its code is handed in once, and what has come of it is used.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";

import { form, openSite, type SigningSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** Codes that were handed in. */
const codes = () => world.provider.tokenRequests.flatMap(({ form: sent }) => sent.get("code") ?? []);

/** The answer does not reach the browser, so that its cookies stay as they were. */
function loseAnswer({ browser }: SigningSite, url: URL): Promise<Response> {
  return browser.party.fetch(new Request(url, { headers: { cookie: browser.cookieHeader } }));
}

/** A site whose first exchange of a code is held until it is let go. */
function heldSite() {
  let reach = () => {};
  let release = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let fails = true;
  const names: string[] = [];
  const opened = openSite(
    world,
    {
      onSigned: ({ document }) => {
        if (fails) throw new Error("the database is out");
        names.push(document.name);
      },
    },
    {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (String(init?.body).includes("grant_type=authorization_code") && codes().length === 1) {
          reach();
          await released;
        }
        return response;
      },
    },
  );
  const mend = () => {
    fails = false;
  };
  return { ...opened, names, reached, release, mend };
}

test("while the code is being exchanged, another load waits for what comes of it", async () => {
  const opened = heldSite();
  const callback = await opened.begin();
  const first = loseAnswer(opened, callback);
  await opened.reached;
  // The second one looks and finds nothing yet; meanwhile the first one gets through.
  const get = opened.store.get.bind(opened.store);
  let looks = 0;
  opened.store.get = async (id) => {
    looks += 1;
    const seen = await get(id);
    if (looks === 3) {
      opened.release();
      assert.equal(await codeOf(await first), "internal-error");
      opened.mend();
    }
    return seen;
  };
  const again = await opened.browser.send(callback);
  assert.equal(again.headers.get("location"), `${site}/`, await again.text());
  assert.deepEqual(opened.names, [form.name]);
  assert.equal(codes().length, 1);
  assert.equal(world.provider.signing.resultRequests, 1);
});

test("in vain, it says so and leaves everything to the request that has the code", async () => {
  const opened = heldSite();
  opened.mend();
  const callback = await opened.begin();
  const first = loseAnswer(opened, callback);
  await opened.reached;
  assert.equal(await codeOf(await opened.browser.send(callback)), "signature-result-pending");
  assert.ok(opened.errors[0]?.[1].resumePath);
  assert.equal(opened.store.entries.size, 1);
  opened.release();
  assert.equal((await first).status, 303);
  assert.deepEqual(opened.names, [form.name]);
  assert.equal(codes().length, 1);
});

test("with the tokens kept, another load goes on with them", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  assert.equal(await codeOf(await loseAnswer(opened, callback)), "signature-result-pending");
  world.provider.misbehave = {};
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(opened.signings.length, 1);
  assert.equal(codes().length, 1);
});

test("with the result kept, another load uses it", async () => {
  let fails = true;
  let signed = 0;
  const opened = openSite(world, {
    onSigned: () => {
      if (fails) throw new Error("the database is out");
      signed += 1;
    },
  });
  const callback = await opened.begin();
  assert.equal(await codeOf(await loseAnswer(opened, callback)), "internal-error");
  fails = false;
  assert.equal((await opened.browser.send(callback)).status, 303);
  assert.equal(signed, 1);
  assert.equal(codes().length, 1);
  assert.equal(world.provider.signing.resultRequests, 1);
});

test("each way to the service hands in its own code, once", async () => {
  const opened = openSite(world);
  const first = await opened.begin();
  const second = world.provider.authorize((await opened.resume()).headers.get("location") ?? "");
  world.provider.misbehave.result = (_, response) => json(response, 202, {});
  for (const callback of [first, second, first, second]) {
    assert.equal(await codeOf(await loseAnswer(opened, callback)), "signature-result-pending");
  }
  assert.deepEqual(
    codes(),
    [first, second].map(({ searchParams }) => searchParams.get("code")),
  );
});

test("without a code there is nothing to wait for: the same answer again, and another way brings the signature", async () => {
  const opened = openSite(world);
  const cancelled = await opened.begin();
  const good = new URL(cancelled);
  cancelled.searchParams.delete("code");
  cancelled.searchParams.set("error", "access_denied");
  for (const _ of [1, 2]) {
    assert.equal(await codeOf(await loseAnswer(opened, cancelled)), "signature-denied");
  }
  assert.equal((await opened.browser.send(good)).status, 303);
  assert.equal(opened.signings.length, 1);
});
