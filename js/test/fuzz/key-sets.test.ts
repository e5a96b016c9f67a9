// Key sets: a token is believed only by the service's own key in a set that every reader reads in one way.
import assert from "node:assert/strict";
import fc from "fast-check";
import { remoteKeys } from "../../src/id-token/remote-keys.js";
import { readStrictly } from "./model.js";
import { changes, objectChanges, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { environment, publicJwk } from "./service.js";
import { Site } from "./site.js";

const another = { ...publicJwk, x: publicJwk.y, y: publicJwk.x };
const beside = fc.constantFrom(
  "{}",
  "null",
  "7",
  '"x"',
  "[]",
  '{"kty":"oct","k":"AAAA"}',
  '{"kty":"EC","use":"enc"}',
  '{"kty":"RSA","n":"AQAB"}',
  JSON.stringify(another),
  JSON.stringify({ ...publicJwk, d: publicJwk.x }),
  JSON.stringify({ ...publicJwk, use: "enc" }),
  Array(3_000).fill("{}").join(","),
);

/** A set as it is written, with the service's key in it, more or less. */
const sets = fc
  .record({
    key: objectChanges,
    set: oneIn(3, objectChanges),
    others: fc.array(beside, { maxLength: 2 }),
    isFirst: fc.boolean(),
    text: oneIn(6, changes),
  })
  .map(({ key, set, others, isFirst, text }) => {
    if (set !== undefined) return set({ keys: [publicJwk], about: "a" });
    const own = key(publicJwk);
    const keys = isFirst ? [own, ...others] : [...others, own];
    const written = `{"keys":[${keys.join(",")}]}`;
    return text === undefined ? written : text(written);
  });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const keysOf = (text: string): Record<string, unknown>[] => {
  const { keys } = readStrictly(text) ?? {};
  return Array.isArray(keys) ? keys.filter(isObject) : [];
};
const isOwn = ({ kty, crv, x, y }: Record<string, unknown>) =>
  kty === "EC" && crv === "P-256" && x === publicJwk.x && y === publicJwk.y;

const counts = { logins: 0, refusals: 0, taken: 0 };

fuzz(
  "a login needs the service's key in a good set",
  300,
  sets,
  async (written) => {
    const respond = async () => new Response(written, { headers: { "content-type": "application/json" } });
    const keys = remoteKeys(environment.jwksUri, { fetch: respond });
    const site = new Site({ keys });
    const taken = await site.attempt(() => keys.get());
    // A byte order mark is no part of what was decoded.
    const text = written.replace(/^\ufeff/, "");
    const found = keysOf(text);
    if (taken !== undefined) {
      counts.taken += 1;
      assert.equal(taken, text);
      assert.ok(found.some(({ kty }) => kty === "EC" || kty === "RSA"));
      assert.ok(found.every((key) => ["d", "k", "p"].every((member) => !Object.hasOwn(key, member))));
    }
    const { callback, cookie } = await site.begin();
    await site.send(callback, { headers: { cookie } });
    counts[site.logins.length === 0 ? "refusals" : "logins"] += 1;
    if (site.logins.length === 0) return;
    assert.ok(taken !== undefined && found.some(isOwn), text.slice(0, 500));
  },
  () =>
    assert.ok(
      Object.values(counts).every((count) => count > 20),
      JSON.stringify(counts),
    ),
);
