// Over https the handler's cookies carry `__Host-`: whether they are kept, and what the engines let nobody else set.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Tab } from "./browser.ts";
import { type EngineName, inEachEngine } from "./each-engine.ts";
import { type HttpsSite, startHttpsSite } from "./https-site.ts";
import { authenticate, urlOf } from "./steps.ts";

let site: HttpsSite;

before(async () => {
  site = await startHttpsSite();
});

after(() => site?.close());

const named = async (tab: Tab, prefix: string) =>
  (await tab.cookies()).filter(({ name }) => name.startsWith(prefix));

inEachEngine(
  "the cookies of a login and of its session are kept over https, and end with the logout",
  async (given) => {
    const session = await given.newSession();
    const tab = await session.openTab();
    await tab.open(`${site.origin}/auth/login?return_to=/`);
    await tab.text('[data-testid="authenticate"]');
    const other = await session.openTab();
    await other.open(`${site.origin}/`);
    assert.equal((await named(other, "__Host-honnin-login")).length, 1);
    await authenticate(tab);
    const sub = await tab.text("[data-sub]");

    const [cookie, ...more] = await named(tab, "__Host-honnin-session");
    assert.deepEqual(more, []);
    const { secure, httpOnly, path, domain, sameSite } = cookie ?? {};
    assert.deepEqual(
      { secure, httpOnly, path, domain },
      { secure: true, httpOnly: true, path: "/", domain: "localhost" },
    );
    assert.match(String(sameSite), /^lax$/i);

    await tab.click("form button");
    await urlOf(tab, /\/bye$/);
    assert.deepEqual(await named(tab, "__Host-honnin-session"), []);
    await tab.back();
    await urlOf(tab, /^https:\/\/localhost:\d+\/$/);
    assert.ok(!(await tab.text("main")).includes(sub));
  },
);

/** WebKitGTK keeps cookies in a library that does not know it. */
const knowsPrefix: Readonly<Record<EngineName, boolean>> = { Chromium: true, Firefox: true, WebKit: false };

inEachEngine(
  "a cookie with the prefix that is not bound to this host is refused",
  async ({ engine, newTab }) => {
    const tab = await newTab();
    const unbound = {
      "__Host-insecure": "Path=/",
      "__Host-path": "Secure; Path=/set",
      "__host-lower": "Path=/",
    };
    for (const [name, attributes] of Object.entries({ "__Host-good": "Secure; Path=/", ...unbound })) {
      await tab.open(`${site.origin}/set?${encodeURIComponent(`${name}=1; ${attributes}`)}`);
    }
    const kept = (await tab.cookies()).map(({ name }) => name).sort();
    const taken = knowsPrefix[engine] ? [] : Object.keys(unbound);
    assert.deepEqual(kept, ["__Host-good", ...taken].sort());
  },
);

inEachEngine(
  "a sibling host cannot set a cookie with the prefix for this one",
  async ({ engine, newTab }) => {
    const tab = await newTab();
    const at = (host: string) => site.origin.replace("localhost", `${host}.site.localhost`);
    for (const name of ["__Host-planted", "ordinary"]) {
      const cookie = `${name}=1; Secure; Path=/; Domain=site.localhost`;
      await tab.open(`${at("sibling")}/set?${encodeURIComponent(cookie)}`);
    }
    await tab.open(`${at("own")}/`);
    const kept = (await tab.cookies()).map(({ name }) => name).sort();
    assert.deepEqual(kept, knowsPrefix[engine] ? ["ordinary"] : ["__Host-planted", "ordinary"]);
  },
);
