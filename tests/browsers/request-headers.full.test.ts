// What the handler goes by when it asks where a request came from and what for: Fetch Metadata, Origin, Sec-Purpose.
import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import type { Tab } from "./browser.ts";
import { type EngineName, inEachEngine } from "./each-engine.ts";
import { type Recorder, record } from "./recorder.ts";

/** Which engine, as installed by default, fetches what nobody has asked for yet. */
const fetchesInAdvance: Readonly<Record<EngineName, readonly string[]>> = {
  Chromium: ["prefetch", "speculation", "prerender"],
  Firefox: ["prefetch"],
  WebKit: [],
};
const inAdvance = fetchesInAdvance.Chromium;

const metadata = (headers: IncomingHttpHeaders) =>
  ["site", "mode", "dest"].map((name) => headers[`sec-fetch-${name}`] ?? "absent").join(" ");

/** Opens a page of `from` that asks `to` in every way, follows its link, sends its form, and lets it fetch in advance. */
async function askInEveryWay(tab: Tab, from: Recorder, to: Recorder, engine: EngineName): Promise<void> {
  await tab.open(`${from.origin}/page?target=${to.origin}`);
  for (const name of ["image", "frame", "fetch"]) await to.heard(name);
  await tab.click("#link");
  await tab.text("#there");
  await tab.open(`${from.origin}/page?target=${to.origin}`);
  await tab.click("#form");
  await tab.text("#there");
  await tab.open(`${from.origin}/advance?target=${to.origin}`);
  for (const name of fetchesInAdvance[engine]) await to.heard(name);
}

for (const [relation, hosts] of [
  ["same-origin", ["localhost"]],
  ["cross-site", ["localhost", "127.0.0.1"]],
] as const) {
  inEachEngine(`requests of a ${relation} page say so, and what they are for`, async ({ engine, newTab }) => {
    const [to, from = to] = [await record(hosts[0]), ...(hosts[1] ? [await record(hosts[1])] : [])];
    try {
      await askInEveryWay(await newTab(), from, to, engine);
      for (const [name, rest] of [
        ["link", "navigate document"],
        ["form", "navigate document"],
        ["image", "no-cors image"],
        ["frame", "navigate iframe"],
        ["fetch", "no-cors empty"],
      ] as const) {
        const headers = await to.heard(name);
        assert.equal(metadata(headers), `${relation} ${rest}`, name);
        assert.equal(headers["sec-purpose"], undefined, name);
      }
      assert.equal((await to.heard("form")).origin, from.origin);
      for (const name of inAdvance) {
        assert.equal(to.has(name), fetchesInAdvance[engine].includes(name), name);
        if (to.has(name)) assert.match(String((await to.heard(name))["sec-purpose"]), /^prefetch\b/, name);
      }
      if (to.has("prerender")) {
        assert.match(String((await to.heard("prerender"))["sec-purpose"]), /\bprerender\b/);
      }
    } finally {
      await to.close();
      if (from !== to) await from.close();
    }
  });
}

inEachEngine("the way back from the service is a navigation from another site", async ({ newTab }) => {
  const [site, service] = [await record("localhost"), await record("127.0.0.1")];
  try {
    const tab = await newTab();
    await tab.open(`${site.origin}/x?typed`);
    assert.equal(metadata(await site.heard("typed")), "none navigate document");
    // From a page of this site through the service's redirect, as in a login.
    const through = `${service.origin}/redirect?target=${site.origin}`;
    await tab.open(`${site.origin}/page?target=${encodeURIComponent(through)}`);
    await tab.click("#link");
    await tab.text("#there");
    assert.equal(metadata(await site.heard("link")), "cross-site navigate document");
  } finally {
    await site.close();
    await service.close();
  }
});
