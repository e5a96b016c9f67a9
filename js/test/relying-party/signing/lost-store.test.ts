// A store that is lost at any operation of a signature: a clear page, a way on if nothing was lost, and otherwise a fresh start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { LossyStore, type Way, ways } from "../stores/lossy-store.js";
import { openSite, type SigningSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** The operations of one signature: the first three start it, the others belong to the callback. */
const operations = [
  ...["get", "create", "create"],
  ...["get", "get", "replace", "get", "replace", "get", "replace", "delete"],
];

/** The store is not watched here. */
function open(store: LossyStore): Pick<SigningSite, "browser" | "signings" | "post" | "resume" | "begin"> {
  return openSite(world, {}, { store });
}

async function assertBusy(page: Response): Promise<void> {
  assert.equal(page.status, 503);
  assert.equal(await codeOf(page), "store-unreachable");
  assert.equal(page.headers.get("retry-after"), "30");
}

async function assertNotFound(page: Response): Promise<void> {
  assert.equal(page.status, 404);
  assert.equal(await codeOf(page), "signature-not-found");
}

async function run(way?: Way, at?: number): Promise<string[]> {
  const store = new LossyStore(way, at);
  const { browser, signings, post, resume, begin } = open(store);
  const isEmptied = way === "it is emptied";
  const started = await post();
  let callback: URL | undefined;
  if (started.status === 303) {
    callback = world.provider.authorize(started.headers.get("location") ?? "");
    const done = await browser.send(callback);
    if (done.status === 303) assert.equal(signings.length, 1);
    else await (isEmptied ? assertNotFound(done) : assertBusy(done));
  } else await assertBusy(started);
  const done = store.operations.slice();
  const isSigned = signings.length === 1;
  if (way === "it is sent twice") assert.ok(isSigned);

  store.back();
  const resumed = await resume();
  if (callback === undefined || isEmptied || isSigned) await assertNotFound(resumed);
  else {
    assert.equal(resumed.status, 303);
    // Without its tokens, the signature needs the user once more. The result is still there.
    if (signings.length === 0) {
      const again = world.provider.authorize(resumed.headers.get("location") ?? "");
      assert.equal((await browser.send(again)).status, 303);
    }
    assert.equal(signings.length, 1);
  }
  if (signings.length === 0) assert.equal((await browser.send(await begin())).status, 303, "a fresh start");
  assert.equal(signings.length, 1);
  assert.equal(world.provider.signing.resultRequests, 1, "the result was collected once");
  assert.deepEqual(browser.named("honnin-signature"), []);
  return done;
}

test("the operations of a signature", async () => {
  assert.deepEqual(await run(), operations);
});

for (const [way, what] of Object.entries(ways) as [Way, string][]) {
  for (const [index, name] of operations.entries()) {
    test(`${way}, at operation ${index + 1} (${name}): ${what}`, async () => {
      await run(way, index + 1);
    });
  }
}
