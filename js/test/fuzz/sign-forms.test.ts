// Forms of the sign route, and the headers that say who a client is.
import assert from "node:assert/strict";
import { BlockList, isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { clientAddress } from "../../src/relying-party/http/client-address.js";
import { memoryStore } from "../../src/relying-party/index.js";
import { changes, lookAlikes, marker, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { origin, Site } from "./site.js";

const good = {
  digest: "ab".repeat(32),
  name: "委任状.txt",
  type: "text/plain",
  size: "7",
  return_to: "/done",
  lang: "ja",
};
type Fields = readonly (readonly [name: string, value: string])[];

const values = fc.oneof(
  fc.constantFrom(
    "",
    "AB".repeat(32),
    "ab".repeat(48),
    "x",
    "en",
    "//evil.example",
    "/auth/login",
    "1e3",
    "-1",
    marker,
  ),
  fc.constantFrom(...lookAlikes, "a".repeat(300), "/".repeat(20_000)),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const names = fc.constantFrom(...Object.keys(good), "document", "x", "");

const change: fc.Arbitrary<(fields: Fields) => Fields> = fc.oneof(
  fc.tuple(names, values).map(([name, value]) => (fields: Fields) => [...fields, [name, value] as const]),
  fc.tuple(names, values).map(
    ([name, value]) =>
      (fields: Fields) =>
        fields.map((one) => (one[0] === name ? ([name, value] as const) : one)),
  ),
  fc.tuple(names, changes).map(
    ([name, altered]) =>
      (fields: Fields) =>
        fields.map((one) => (one[0] === name ? ([name, altered(one[1])] as const) : one)),
  ),
  names.map((name) => (fields: Fields) => fields.filter((one) => one[0] !== name)),
);

const form = "application/x-www-form-urlencoded";
const headers = fc.record({
  "content-type": fc.oneof(
    { arbitrary: fc.constant(form), weight: 8 },
    {
      arbitrary: fc.constantFrom(
        `${form};charset=UTF-8`,
        form.toUpperCase(),
        "text/plain",
        "",
        `${form}x`,
        `\u00a0${form}`,
      ),
      weight: 2,
    },
  ),
  origin: fc.oneof(
    { arbitrary: fc.constant(origin), weight: 8 },
    {
      arbitrary: fc.constantFrom(
        "null",
        "https://evil.example",
        `${origin}.evil.example`,
        `${origin}:444`,
        "",
        marker,
      ),
      weight: 1,
    },
  ),
  "sec-fetch-site": fc.oneof(
    { arbitrary: fc.constant("same-origin"), weight: 8 },
    { arbitrary: fc.constantFrom("none", "cross-site", "same-site", "", "Same-Origin"), weight: 1 },
  ),
  "x-forwarded-for": fc.oneof(
    fc.constant("192.0.2.7"),
    fc.string({ unit: "binary", maxLength: 40 }),
    changes.map((one) => one("2001:db8::7, 192.0.2.7")),
  ),
});

/** DER of a DigestInfo with a SHA-256 of which the digits are known (RFC 8017 §9.2, note 1). */
const digestInfo = (digest: string) => Buffer.from(`3031300d060960864801650304020105000420${digest}`, "hex");

const counts = { begun: 0, refused: 0 };

fuzz(
  "a form begins a signature over the digest that it names, once, for a page of the site",
  350,
  fc.record({ changed: fc.array(change, { maxLength: 2 }), text: oneIn(5, changes), headers }),
  async ({ changed, text, headers: given }) => {
    const site = new Site({
      store: memoryStore(),
      signing: {
        mayStart: "anyone",
        method: { form: "digest-info" },
        clientOf: { header: "x-forwarded-for" },
        forward: () => undefined,
        onSigned: () => assert.fail("nobody has signed"),
      },
    });
    const fields = changed.reduce<Fields>((all, one) => one(all), Object.entries(good));
    const query = String(new URLSearchParams(fields.map(([name, value]) => [name, value])));
    const body = new TextEncoder().encode(text === undefined ? query : text(query));
    const response = await site.send(`${origin}/auth/sign`, { method: "POST", headers: given, body });
    const { started } = site.service;
    counts[response.status === 303 ? "begun" : "refused"] += 1;
    assert.equal(started.length, response.status === 303 ? 1 : 0);
    if (response.status !== 303) return;
    const read = new URLSearchParams(new TextDecoder().decode(body));
    assert.ok(body.length <= 16_384);
    assert.match(given["content-type"], /^application\/x-www-form-urlencoded(;|$)/i);
    assert.ok(["same-origin", "none"].includes(given["sec-fetch-site"]));
    assert.ok(
      given.origin === origin || (given.origin === "null" && given["sec-fetch-site"] === "same-origin"),
    );
    for (const name of ["digest", "name", "type", "size"]) assert.ok(read.getAll(name).length <= 1, name);
    assert.match(read.get("digest") ?? "", /^[0-9a-f]{64}$/);
    assert.deepEqual(Buffer.from(started[0] ?? []), digestInfo(read.get("digest") ?? ""));
    const name = read.get("name") ?? "";
    assert.ok(name.length > 0 && name.length <= 510 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(name), name);
  },
  () =>
    assert.ok(
      Object.values(counts).every((count) => count > 20),
      JSON.stringify(counts),
    ),
);

const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("::ffff:192.0.2.7", "::1", "::", "192.0.2.7"),
);
const written = fc.oneof(
  addresses,
  fc.tuple(addresses, changes).map(([address, one]) => one(address)),
  fc.ipV4().map((address) => `${address}:443`),
  fc.ipV6().map((address) => `[${address}]:443`),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const site = new Site();
let known = 0;

fuzz(
  "an address counts as itself, or by its /64, whatever a client writes in front of it",
  4_000,
  fc.tuple(written, fc.array(written, { maxLength: 4 }), fc.constantFrom(", ", ",", " ,\t", ",,")),
  async ([entry, front, separator]) => {
    const of = (text: string) =>
      site.attempt(() => clientAddress({ get: () => text } as unknown as Headers, "x", 1));
    const address = await of(entry);
    if (!/[,]/.test(entry) && entry.replace(/[ \t]/g, "") !== "")
      assert.equal(await of([...front, entry].join(separator)), address);
    if (isIPv4(entry)) assert.equal(address, entry);
    if (isIPv6(entry) && !entry.includes("%")) {
      assert.ok(address !== undefined, entry);
      const list = new BlockList();
      if (isIPv4(address)) list.addAddress(`::ffff:${address}`, "ipv6");
      else list.addSubnet(address.replace("/64", ""), 64, "ipv6");
      assert.ok(list.check(entry, "ipv6"), `${entry} as ${address}`);
    }
    if (address === undefined) return;
    known += 1;
    assert.match(address, /^(\d{1,3}(\.\d{1,3}){3}|([0-9a-f]{1,4}:){4}:\/64)$/);
  },
  () => assert.ok(known > 500, String(known)),
);
