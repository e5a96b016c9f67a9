// Requests about one signature, or one browser, that overlap: none undoes what another one has brought.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SigningOptions } from "../../../src/relying-party/index.js";
import { json } from "../answers.js";
import { codeOf } from "../browser.js";
import { site, straighten } from "../setup.js";
import { now, rsaKey, rules } from "./cards.js";
import { form, openSite, type SigningSite, sealRsa, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

/** A promise, and what keeps it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Certificates cannot be verified until evidence is there, and nothing is lost by it. */
function withoutEvidence(): { readonly state: { out: boolean }; readonly signing: Partial<SigningOptions> } {
  const state = { out: true };
  const { revocation, ...path } = rules();
  const fetchEvidence = () => (state.out ? null : { crls: revocation?.crls });
  return {
    state,
    signing: {
      open: { keys: rsaKey.priv, verify: () => ({ ...path, revocation: { fetchEvidence } }) } as never,
    },
  };
}

/** A signature of which the tokens are kept, and the result is still at the service. */
async function authorized(signing: Partial<SigningOptions> = {}, fields = form): Promise<SigningSite> {
  const opened = openSite(world, signing);
  const callback = await opened.begin(fields);
  assert.equal(await codeOf(await opened.pause(callback)), "endpoint-unavailable");
  return opened;
}

/** Holds the first result back once the service has spent it. */
function heldResult() {
  const [reached, released] = [gate(), gate()];
  world.provider.signing.seal = async (data) => {
    const jwe = await sealRsa(data);
    reached.open();
    await released.passed;
    return jwe;
  };
  return { reached: reached.passed, release: released.open };
}

for (const [name, answer, code] of [
  ["brings new tokens", 200, "revocation-unknown"],
  ["is refused", 400, "revocation-unknown"],
] as const) {
  test(`a refresh that takes long and ${name} finds the result that another request has fetched`, async () => {
    const { state, signing } = withoutEvidence();
    const [reached, released] = [gate(), gate()];
    let refreshes = 0;
    const slowFetch: typeof fetch = async (input, init) => {
      if (!String(init?.body).includes("grant_type=refresh_token")) return fetch(input, init);
      refreshes += 1;
      if (refreshes > 1) return fetch(input, init);
      const real = answer === 200 ? await fetch(input, init) : undefined;
      reached.open();
      await released.passed;
      return real ?? Response.json({ error: "invalid_grant" }, { status: answer });
    };
    const opened = openSite(world, signing, { fetch: slowFetch });
    const callback = await opened.begin();
    await opened.pause(callback);
    world.provider.expireTokens();

    const slow = opened.resume();
    await reached.passed;
    assert.equal(await codeOf(await opened.resume()), "revocation-unknown");
    released.open();
    assert.equal(await codeOf(await slow), code);
    assert.equal(opened.store.entries.size, 1);
    state.out = false;
    assert.equal((await opened.resume()).headers.get("location"), `${site}/`);
    assert.equal(opened.signings.length, 1);
  });
}

test("tokens that were refused are not forgotten if another request has got others", async () => {
  const opened = await authorized();
  const [reached, released] = [gate(), gate()];
  let asked = 0;
  world.provider.tokens = { refresh_token: undefined };
  world.provider.expireTokens();
  // The first one is refused its refresh, and told so late; the second one gets new tokens, and no result yet.
  world.provider.misbehave.token = async (_, response) => {
    asked += 1;
    if (asked === 1) {
      reached.open();
      await released.passed;
    }
    json(response, 400, { error: "invalid_grant" });
  };
  const slow = opened.resume();
  await reached.passed;
  const [id = ""] = opened.store.entries.keys();
  const mine = opened.store.entries.get(id);
  world.provider.misbehave = { result: (_, response) => json(response, 202, {}) };
  // Another way through the service.
  opened.store.all.delete(id);
  const restarted = opened.store.history[0] ?? assert.fail();
  opened.store.all.set(id, { value: restarted, seconds: 600 });
  const again = await opened.resume();
  await opened.browser.send(world.provider.authorize(again.headers.get("location") ?? ""));
  const theirs = opened.store.entries.get(id)?.value;
  assert.notEqual(theirs, mine?.value);
  released.open();
  assert.equal(await codeOf(await slow), "signature-result-refused");
  assert.equal(opened.store.entries.get(id)?.value, theirs);
});

test("a record that was deleted is not made anew by a request that was on its way", async () => {
  for (const stage of ["refresh", "result"] as const) {
    straighten(world);
    const opened = await authorized();
    const [reached, released] = [gate(), gate()];
    if (stage === "refresh") {
      world.provider.expireTokens();
      world.provider.misbehave.token = async (_, response) => {
        reached.open();
        await released.passed;
        json(response, 200, { access_token: "x", token_type: "bearer", expires_in: 300 });
      };
    } else {
      world.provider.signing.seal = async (data) => {
        reached.open();
        await released.passed;
        return sealRsa(data);
      };
    }
    const slow = opened.resume();
    await reached.passed;
    opened.store.all.clear();
    const sets = opened.store.history.length;
    released.open();
    // A result at hand is used; without it there is nothing to go on with.
    assert.equal(await codeOf(await slow), stage === "result" ? undefined : "signature-not-found");
    assert.equal(opened.store.history.length, sets);
    assert.deepEqual(opened.browser.named("honnin-signature"), []);
  }
});

test("resuming while another request fetches finds what that one kept", async () => {
  let fails = true;
  const names: string[] = [];
  const opened = await authorized({
    onSigned: ({ document }) => {
      if (fails) throw new Error("the database is out");
      names.push(document.name);
    },
  });
  const { reached, release } = heldResult();
  const first = opened.resume();
  await reached;
  // The second one is told "used", looks, finds nothing, waits; meanwhile the first one gets through.
  let looks = 0;
  const get = opened.store.get.bind(opened.store);
  opened.store.get = async (id) => {
    looks += 1;
    const seen = await get(id);
    if (looks === 2) {
      release();
      assert.equal(await codeOf(await first), "internal-error");
      fails = false;
    }
    return seen;
  };
  assert.equal((await opened.resume()).status, 303);
  assert.ok(looks >= 3, String(looks));
  assert.deepEqual(names, [form.name]);
});

test("whoever is told that the result was used leaves it to the request that has it", async () => {
  const { state, signing } = withoutEvidence();
  const opened = await authorized(signing);
  const { reached, release } = heldResult();
  const first = opened.resume();
  await reached;
  assert.equal(await codeOf(await opened.resume()), "signature-transaction-used");
  const resumePath = opened.errors.at(-1)?.[1].resumePath ?? assert.fail("it can be gone on with");
  release();
  assert.equal(await codeOf(await first), "revocation-unknown");
  state.out = false;
  assert.equal((await opened.browser.send(site + resumePath)).status, 303);
  assert.equal(opened.signings.length, 1);
});

test("a result that nobody has any more lapses by itself", async () => {
  const opened = await authorized();
  world.provider.misbehave.result = (_, response) => json(response, 410, { error: "transaction_used" });
  const used = await opened.resume();
  assert.equal(await codeOf(used), "signature-transaction-used");
  assert.match(await used.text(), /続きから再開/);
  assert.equal(opened.store.entries.size, 1);
  world.now = now + 600;
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  assert.deepEqual(opened.browser.named("honnin-signature"), []);
});

test("a tab that takes long does not end the signature of another tab", async () => {
  const opened = await authorized({}, { ...form, name: "A" });
  const { reached, release } = heldResult();
  const slow = opened.resume();
  await reached;
  world.provider.signing.seal = sealRsa;
  const callback = await opened.begin({ ...form, name: "B" });
  assert.equal(await codeOf(await opened.pause(callback, 202)), "signature-result-pending");
  const resumePath = opened.errors.at(-1)?.[1].resumePath;
  release();
  assert.equal((await slow).status, 303);
  assert.equal((await opened.browser.send(site + resumePath)).status, 303);
  assert.deepEqual(
    opened.signings.map(({ document }) => document.name),
    ["A", "B"],
  );
  assert.deepEqual(opened.browser.named("honnin-signature"), []);
});
