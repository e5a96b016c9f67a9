// Several tabs of one browser, each on its own way through the service.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { assertGone, form, openSite, useSigningWorld, withError } from "./site.js";

const world = await useSigningWorld();

test("two tabs: each callback and each resumption goes on with its own", async () => {
  const opened = openSite(world);
  const first = await opened.begin({ ...form, name: "first", return_to: "/first" });
  const second = await opened.begin({ ...form, name: "second", return_to: "/second" });
  await opened.pause(first, 202);
  await opened.pause(second, 202);
  assert.equal(opened.store.entries.size, 2);
  assert.equal(opened.browser.named("honnin-signature").length, 2);
  const [one, two] = opened.errors.map(([, { resumePath }]) => resumePath ?? assert.fail());
  assert.notEqual(one, two);
  assert.equal((await opened.browser.send(site + one)).headers.get("location"), `${site}/first`);
  assert.equal((await opened.resume()).headers.get("location"), `${site}/second`);
  assert.deepEqual(
    opened.signings.map(({ document }) => document.name),
    ["first", "second"],
  );
  assertGone(opened);
});

test("a second callback of one signature does not undo what the first has brought", async () => {
  const opened = openSite(world, {
    onSigned: () => {
      throw new Error("not yet");
    },
  });
  const first = await opened.begin();
  const again = world.provider.authorize((await opened.resume()).headers.get("location") ?? "");
  assert.equal(await codeOf(await opened.browser.send(first)), "internal-error");
  assert.equal(await codeOf(await opened.browser.send(again)), "internal-error");
  // The result is fetched once, and the second callback used it.
  assert.equal(world.provider.signing.resultRequests, 1);
});

test("what the service says in a second tab does not undo a result that is here", async () => {
  let out = true;
  const opened = openSite(world, {
    onSigned: () => {
      if (out) throw new Error("not yet");
    },
  });
  const first = await opened.begin();
  const second: URL[] = [];
  for (const _ of ["expired", "nonce"]) {
    second.push(world.provider.authorize((await opened.resume()).headers.get("location") ?? ""));
  }
  await opened.browser.send(first);
  const [a, b] = second;
  assert.ok(a && b);
  const expired = await opened.browser.send(withError(a, "transaction_expired"));
  assert.equal(await codeOf(expired), "signature-transaction-expired");
  world.provider.claims = { nonce: "x", iss: "https://other.example" };
  assert.equal(await codeOf(await opened.browser.send(b)), "issuer-mismatch");
  world.provider.claims = {};
  out = false;
  assert.equal((await opened.resume()).status, 303);
  assert.equal(world.provider.signing.resultRequests, 1);
  assertGone(opened);
});

test("a second tab's callback after the first has finished finds nothing to go on with", async () => {
  const opened = openSite(world);
  const first = await opened.begin();
  const second = world.provider.authorize((await opened.resume()).headers.get("location") ?? "");
  // The first one finishes while the second one is at the token endpoint.
  let finishing: Promise<Response> | undefined;
  const get = opened.store.get.bind(opened.store);
  let reads = 0;
  opened.store.get = async (id) => {
    reads += 1;
    if (reads === 2) {
      finishing = opened.browser.send(first);
      await finishing;
    }
    return get(id);
  };
  const late = await opened.browser.send(second);
  assert.equal((await finishing)?.status, 303);
  assert.equal(await codeOf(late), "signature-not-found");
  assert.equal(opened.errors[0]?.[1].resumePath, undefined);
  assert.equal(opened.signings.length, 1);
  assertGone(opened);
});

test("told that the result was used, a request looks for it in the store first", async () => {
  const opened = openSite(world, {
    onSigned: () => {
      throw new Error("not yet");
    },
  });
  const callback = await opened.begin();
  await opened.pause(callback);
  const [[id, authorized] = []] = [...opened.store.entries];
  assert.ok(id !== undefined && authorized !== undefined);
  await opened.resume();
  const fetched = opened.store.entries.get(id);
  let reads = 0;
  const get = opened.store.get.bind(opened.store);
  opened.store.get = async (key) => {
    reads += 1;
    return reads === 1 ? authorized.value : (fetched?.value ?? get(key));
  };
  assert.equal(await codeOf(await opened.resume()), "internal-error");
  assert.equal(world.provider.signing.resultRequests, 4);
  assert.equal(opened.errors.at(-1)?.[1].resumePath !== undefined, true);
});
