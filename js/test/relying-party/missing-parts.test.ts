// The code of signatures is loaded when it is needed. On a server that lacks it, nothing is half done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandler } from "../../src/relying-party/handler.js";
import { memoryStore, type RelyingPartyOptions } from "../../src/relying-party/index.js";
import { readSigningOptions } from "../../src/relying-party/options/signing-options.js";
import { signingTexts } from "../../src/relying-party/page/signing-texts.js";
import { parts as given } from "../../src/relying-party/parts.js";
import { wingOf } from "../../src/relying-party/signing/load-wing.js";
import { Browser, codeOf } from "./browser.js";
import { site, useWorld } from "./setup.js";
import { signingOptions } from "./signing/site.js";

const world = await useWorld();

/** A handler whose code of signatures is missing while `gone` is set. */
function handler(overrides: Partial<RelyingPartyOptions>) {
  const parts = { gone: false };
  const signing = signingOptions({ onSigned: () => undefined });
  const party = createHandler(world.options({ signing, store: memoryStore(), ...overrides }), given, {
    read: (options, surroundings) => {
      const load = wingOf(
        readSigningOptions(options, surroundings),
        () => import("../../src/relying-party/signing-wing.js"),
      );
      return async () => {
        if (parts.gone) throw new TypeError("Failed to fetch dynamically imported module");
        return load();
      };
    },
    texts: signingTexts,
  });
  return { parts, party, browser: new Browser(party) };
}

test("a login fails before its code is used and before the site learns of it", async () => {
  const logins: string[] = [];
  const { parts, browser } = handler({ onLogin: ({ sub }) => void logins.push(sub) });
  const back = await world.begin(browser);
  const requests = world.provider.tokenRequests.length;
  parts.gone = true;
  const refused = await browser.send(back);
  assert.equal(refused.status, 500);
  assert.equal(await codeOf(refused), "internal-error");
  assert.deepEqual(logins, []);
  assert.equal(world.provider.tokenRequests.length, requests);
  parts.gone = false;
  assert.equal((await browser.send(await world.begin(browser))).status, 303);
  assert.equal(logins.length, 1);
});

test("a logout ends every copy of the session before it fails", async () => {
  const logouts: unknown[] = [];
  const { parts, party, browser } = handler({ onLogout: (session) => void logouts.push(session) });
  await browser.send(await world.begin(browser));
  const copy = new Request(site, { headers: { cookie: browser.cookieHeader } });
  assert.ok(await party.session(copy));
  parts.gone = true;
  const response = await browser.send(`${site}/auth/logout`, { method: "POST", headers: { origin: site } });
  assert.equal(response.status, 500);
  assert.equal(logouts.length, 1);
  assert.equal(await party.session(copy), undefined);
  assert.deepEqual(browser.named("honnin-session"), []);
});
