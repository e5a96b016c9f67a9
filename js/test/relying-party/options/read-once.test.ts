// Options are read and checked when the handler is created. What becomes of the objects `options` and `environment` afterwards changes
// nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, type RelyingPartyOptions, relyingParty } from "../../../src/relying-party/index.js";
import { Browser } from "../browser.js";
import { openSite, reach } from "../handoff/devices.js";
import { site } from "../setup.js";
import { form, signingOptions, useSigningWorld } from "../signing/site.js";

const world = await useSigningWorld();

/** The object and the plain ones in it, so that it shows what is read of them. */
function watched<T extends object>(object: T, onRead: (path: string) => void, path = ""): T {
  return new Proxy(object, {
    get(target, name) {
      const at = `${path}${String(name)}`;
      onRead(at);
      const value: unknown = Reflect.get(target, name, target);
      const isPlain = Array.isArray(value) || Object.getPrototypeOf(value ?? false) === Object.prototype;
      return isPlain ? watched(value as object, onRead, `${at}.`) : value;
    },
  });
}

for (const onEvent of [undefined, () => undefined])
  test(`options are read when the handler is created, and not again, ${onEvent ? "with" : "without"} onEvent`, async () => {
    const reads = new Set<string>();
    let isCreated = false;
    const signed: unknown[] = [];
    const store = memoryStore({ now: () => world.now });
    const given: RelyingPartyOptions = {
      ...world.options({
        store,
        scope: "openid name",
        fetch: (url, init) => fetch(url, init),
        signing: signingOptions({ onSigned: (one) => void signed.push(one) }),
        handoff: {},
      }),
      ...(onEvent && { onEvent }),
    };
    // The store is called later, and the rules for signatures are for the verifier, which reads them at each verification.
    const isLater = (path: string) => /^(store|signing\.open\.verify)\./.test(path);
    const options = watched(given, (path) => void (isCreated && !isLater(path) && reads.add(path)));
    const party = relyingParty(options);
    isCreated = true;
    const browser = new Browser(party);
    assert.equal((await browser.send(await world.begin(browser))).status, 303);
    const post = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
    const sent = await browser.send(`${site}/auth/sign`, { ...post, body: new URLSearchParams(form) });
    const back = world.provider.authorize(sent.headers.get("location") ?? "");
    assert.equal((await browser.send(back)).status, 303);
    assert.equal(signed.length, 1);
    await reach({ ...openSite(world), browser: () => new Browser(party) }, "claimed");
    await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
    await browser.send(`${site}/auth/nowhere`);
    assert.deepEqual([...reads], []);
  });

test("an environment may be an object with getters, also of its class", async () => {
  const { environment } = world.options();
  class Configured {}
  for (const [name, value] of Object.entries(environment))
    Object.defineProperty(Configured.prototype, name, { get: () => value });
  const given = { environment: new Configured() as typeof environment, signing: signingOptions() };
  const browser = new Browser(relyingParty(world.options(given)));
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
});
