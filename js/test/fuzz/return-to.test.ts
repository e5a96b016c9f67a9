// Return addresses: whatever is asked for, the way leads to a place of the site.
import assert from "node:assert/strict";
import fc from "fast-check";
import { linkedReturnAddress, returnAddress } from "../../src/relying-party/http/return-address.js";
import { changes, lookAlikes, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { origin, Site } from "./site.js";

const paths = {
  login: "/auth/login",
  callback: "/auth/callback",
  logout: "/auth/logout",
  handoff: "/auth/handoff",
};

const good = fc.constantFrom(
  "/",
  "/account?tab=1#part",
  "/a/../b",
  "/検索?q=花子",
  "/%2F%2Fevil.example",
  "/@evil.example",
  "/auth/logout/x",
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/auth/login",
  "/auth/./callback?x",
  "/auth/handoff/authorize",
  "/x/..//evil.example",
  "///evil.example",
  "/\t/evil.example",
);
const parts = fc.constantFrom(
  "/",
  "\\",
  ".",
  "..",
  "//",
  "evil.example",
  "@",
  ":",
  "?",
  "#",
  "%2f",
  "%5c",
  "%2e",
  "a",
  ":443",
  "auth",
  "login",
  ...lookAlikes,
  ..."\t\r\n ",
);
const addresses = fc.oneof(
  good,
  fc.tuple(good, changes).map(([text, change]) => change(text)),
  fc.array(parts, { maxLength: 8 }).map((all) => all.join("")),
  fc.array(parts, { maxLength: 8 }).map((all) => `/${all.join("")}`),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.webUrl(),
);
const others = fc.constantFrom<unknown>(
  null,
  7,
  {},
  [],
  ["/a"],
  true,
  Symbol.iterator,
  new URL(`${origin}/a`),
);

const site = new Site();
let accepted = 0;

fuzz(
  "an address that is accepted stays within the site, for every reader of it",
  8_000,
  fc.tuple(fc.oneof({ arbitrary: addresses, weight: 30 }, { arbitrary: others, weight: 1 }), fc.boolean()),
  async ([value, isLinked]) => {
    const read = isLinked ? linkedReturnAddress : returnAddress;
    const place = await site.attempt(() => read({ origin, paths }, value));
    if (place === undefined) return;
    accepted += 1;
    assert.ok(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(place), place);
    assert.ok(place.length <= (isLinked ? 400 : 1_024));
    for (const resolved of [new URL(place, origin), new URL(origin + place)]) {
      assert.equal(resolved.origin, origin, place);
      assert.ok(!Object.values(paths).includes(resolved.pathname), place);
      assert.ok(!resolved.pathname.startsWith(`${paths.handoff}/`), place);
    }
    // Read again, it stays what it is.
    assert.equal(await returnAddress({ origin, paths }, place), place);
  },
  () => assert.ok(accepted > 500, String(accepted)),
);

fuzz(
  "a login leads back into the site, whatever it was begun with",
  250,
  fc.tuple(addresses, oneIn(2, changes), fc.boolean()),
  async ([address, text, isLinked]) => {
    const query = String(new URLSearchParams({ return_to: address }));
    const url = new URL(`${origin}/auth/login`);
    url.search = text === undefined ? query : text(query);
    const from = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const begun = await site.send(url, { headers: isLinked ? from : {} });
    if (begun.status !== 303) return;
    const [cookie = ""] = begun.headers.getSetCookie();
    const logins = site.logins.length;
    const response = await site.send(site.service.authorize(begun.headers.get("location") ?? ""), {
      headers: { cookie: cookie.slice(0, cookie.indexOf(";")) },
    });
    assert.equal(response.status, 303);
    assert.equal(site.logins.length, logins + 1);
    assert.equal(new URL(response.headers.get("location") ?? "").origin, origin);
  },
);
