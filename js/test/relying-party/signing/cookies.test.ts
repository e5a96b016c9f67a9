// The cookie that binds a signature to a browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { now } from "./cards.js";
import { openSite, type SigningSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("the cookie has the attributes of the others: __Host- and Secure on https, HttpOnly, SameSite=Lax", async () => {
  for (const [redirectUri, prefix, secure] of [
    [`${site}/auth/callback`, "", false],
    ["https://shop.example/auth/callback", "__Host-", true],
  ] as const) {
    const opened = openSite(world, { transactionLifetime: 300 }, { redirectUri });
    await opened.post();
    const [name = "", ...others] = opened.browser.named("honnin-signature");
    assert.deepEqual(others, []);
    assert.match(
      name,
      new RegExp(`^${prefix}honnin-signature-[0-9a-f]{8}-${now.toString(36)}-[0-9a-f]{16}$`),
    );
    const { attributes } = opened.browser.cookies.get(name) ?? assert.fail();
    assert.deepEqual(Object.fromEntries(attributes), {
      path: "/",
      "max-age": "900",
      httponly: "",
      samesite: "Lax",
      ...(secure ? { secure: "" } : {}),
    });
    assert.equal(opened.browser.named("honnin-login").length, 1);
  }
});

test("the cookie without the prefix, or twice, counts for nothing", async () => {
  const opened = openSite(world, {}, { redirectUri: "https://shop.example/auth/callback" });
  await opened.post();
  const [name = ""] = opened.browser.named("honnin-signature");
  const { value } = opened.browser.cookies.get(name) ?? assert.fail();
  for (const cookie of [
    `${name.replace("__Host-", "")}=${value}`,
    `${name}=x; ${name}=${value}`,
    `${name}=${value}; ${name}=x`,
  ]) {
    const response = await opened.browser.party.fetch(
      new Request(`${site}/auth/sign/resume`, { headers: { cookie } }),
    );
    assert.equal(await codeOf(response), "signature-not-found");
  }
});

test("no kind of sealed text passes for another", async () => {
  const opened = openSite(world);
  const callback = await opened.begin();
  const [login = ""] = opened.browser.named("honnin-login");
  const [pending = ""] = opened.browser.named("honnin-signature");
  const { cookies } = opened.browser;
  const [a, b] = [cookies.get(login)?.value ?? "", cookies.get(pending)?.value ?? ""];
  const [record = ""] = [...opened.store.entries.values()].map(({ value }) => value);
  (cookies.get(pending) ?? assert.fail()).value = a;
  assert.equal(await codeOf(await opened.resume()), "signature-not-found");
  for (const value of [b, record.slice(0, 3_900), record]) {
    cookies.set(login, { value, attributes: new Map() });
    assert.equal(await codeOf(await opened.browser.send(callback)), "login-cookie-invalid");
  }
});

test("at most four signatures are pending in one browser; ids are 256 random bits and never in an address", async () => {
  const opened = openSite(world);
  for (let index = 0; index < 6; index += 1) {
    const response = await opened.post();
    for (const id of idsOf(opened)) {
      assert.match(id, /^[\w-]{43}$/);
      assert.ok(!(response.headers.get("location") ?? "").includes(id));
      assert.ok(!opened.browser.cookieHeader.includes(id));
    }
  }
  const ids = idsOf(opened);
  assert.equal(new Set(ids).size, 6);
  const hints = ids.map((id) => createHash("sha256").update(id).digest("hex").slice(0, 16));
  const codes = await Promise.all(
    hints.map(async (hint) => codeOf(await opened.resume(`?signature=${hint}`))),
  );
  // Those that were begun last.
  assert.deepEqual(codes, ["signature-not-found", "signature-not-found", ...Array(4).fill(undefined)]);
  // Going on with one of four ends none.
  assert.equal(opened.browser.named("honnin-signature").length, 4);
  const [name = ""] = opened.browser.named("honnin-signature");
  const { value } = opened.browser.cookies.get(name) ?? assert.fail();
  assert.ok((name.length + value.length) * 4 <= 1_024, "four of them leave room for the rest");
});

function idsOf({ store }: Pick<SigningSite, "store">): string[] {
  return [...store.entries.keys()].map((key) => key.replace(/^signature:/, ""));
}
