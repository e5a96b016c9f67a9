// A sibling host plants the attacker's part of a handoff in the victim's browser, under names that only look like those of the handler.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, codeOf } from "../browser.js";
import { authorize, numberOn, openSite, reach, scan, show, stateOf, type } from "../handoff/devices.js";
import { useWorld } from "../setup.js";

const world = await useWorld();

const shop = "https://shop.example";
const https = { redirectUri: `${shop}/auth/callback` };

/** As browsers keep them, which decode nothing: no-break space, en quad, ideographic space, byte order mark. */
const lookAlikes = [
  "\u00c2\u00a0",
  "\u00e2\u0080\u0080",
  "\u00e3\u0080\u0080",
  "\u00ef\u00bb\u00bf",
  "\u00a0",
];

const claim = (cookie: string) =>
  new Request(`${shop}/auth/handoff/claim`, {
    method: "POST",
    headers: { cookie, origin: shop, "sec-fetch-site": "same-origin" },
  });

test("a login of the attacker's that waits to be claimed is not claimed by a victim's computer", async () => {
  // The attacker's own way goes over loopback; the cookie's value is the same with the prefix.
  const opened = openSite(world, https);
  const attacker = new Browser({
    fetch: (request) => opened.party.fetch(atShop(request)),
  });
  const phone = new Browser(attacker.party);
  const url = (await show(attacker)).replace(shop, "http://localhost:4000");
  await scan(phone, url);
  await type(attacker, await numberOn(phone));
  await phone.send(String(await authorize(world, phone)).replace(shop, "http://localhost:4000"));
  assert.equal((await stateOf(attacker)).state, "done");
  const [name = "", { value = "" } = {}] =
    [...attacker.cookies].find(([key]) => /handoff-pc/.test(key)) ?? [];
  assert.match(name, /^__Host-/);
  for (const bytes of lookAlikes) {
    const response = await opened.party.fetch(claim(`${bytes}${name}=${value}`));
    assert.equal(await codeOf(response), "handoff-not-found", escape(bytes));
    assert.deepEqual(response.headers.getSetCookie(), []);
  }
  // Without the prefix, as plain http would let anybody set it, and beside one of the victim's own.
  assert.equal(
    await codeOf(await opened.party.fetch(claim(`${name.slice(7)}=${value}`))),
    "handoff-not-found",
  );
  const own = `${"0".repeat(32)}.${"A".repeat(43)}`;
  assert.equal(
    await codeOf(await opened.party.fetch(claim(`${name}=${own}; ${name}=${value}`))),
    "handoff-not-found",
  );
  assert.equal(opened.logins.length, 0);
  // Under the very name, it would be the victim's login as the attacker: only the prefix keeps it away.
  assert.equal((await opened.party.fetch(claim(`${name}=${value}`))).status, 303);
});

/** The same request at the shop's origin. */
function atShop(request: Request): Request {
  const url = request.url.replace("http://localhost:4000", shop);
  const headers = new Headers(request.headers);
  if (headers.get("origin")?.startsWith("http")) headers.set("origin", shop);
  return new Request(url, {
    method: request.method,
    headers,
    body: request.body,
    duplex: "half",
  } as RequestInit);
}

test("a handoff under way goes on with look-alikes of its cookie beside it", async () => {
  const opened = openSite(world);
  const { pc } = await reach(opened, "scanned");
  const [[name = "", cookie] = []] = [...pc.cookies].filter(([key]) => /handoff-pc/.test(key));
  assert.ok(cookie !== undefined);
  for (const bytes of lookAlikes) pc.cookies.set(bytes + name, { ...cookie, value: "planted" });
  assert.equal((await stateOf(pc)).state, "scanned");
});
