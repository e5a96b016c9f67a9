// Results of signatures: only what the card signed, under its own certificate and in a form that is read in one way, reaches the site.
import assert from "node:assert/strict";
import fc from "fast-check";
import { memoryStore, openSignatureResult, type Signing } from "../../src/relying-party/index.js";
import { ecKey, encrypt, now, payloadOf, rsaKey, rules, today } from "../relying-party/signing/cards.js";
import { isJsonType, readStrictly } from "./model.js";
import { changes, marker, objectChanges, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { origin, Site } from "./site.js";

const statuses = fc.oneof(
  { arbitrary: fc.constant(200), weight: 9 },
  { arbitrary: fc.constantFrom(201, 202, 204, 302, 400, 401, 403, 404, 410, 429, 500), weight: 1 },
);
const types = fc.oneof(
  { arbitrary: fc.constant("application/json"), weight: 6 },
  { arbitrary: fc.constant("application/jose"), weight: 2 },
  { arbitrary: fc.constantFrom("text/plain", "", "application/json;x", "application/jose\u00a0"), weight: 1 },
);

/** Bytes of canonical base64, in hexadecimal. */
function canonical(value: unknown): string | undefined {
  const bytes = typeof value === "string" ? Buffer.from(value, "base64") : undefined;
  return bytes?.toString("base64") === value ? bytes?.toString("hex") : undefined;
}

/** Whether a payload holds the very bytes of the good one. */
function holds(payload: string, good: string): boolean {
  const [read, expected] = [readStrictly(payload), readStrictly(good)];
  return ["signature", "certificate"].every((name) => {
    const bytes = canonical(read?.[name]);
    return bytes !== undefined && bytes === canonical(expected?.[name]);
  });
}

const signings: Signing[] = [];
const counts = { signed: 0, refused: 0 };

async function begin(): Promise<{ site: Site; callback: URL; cookie: string }> {
  const site = new Site({
    now: () => now,
    store: memoryStore({ now: () => now }),
    signing: {
      mayStart: "anyone",
      method: { form: "digest-info" },
      open: { keys: [rsaKey.priv, ecKey.priv], verify: rules() },
      attempts: 1,
      delay: 0,
      onSigned: (signed) => void signings.push(signed),
    },
  });
  site.service.now = () => now;
  const begun = await site.send(`${origin}/auth/sign`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin, "sec-fetch-site": "same-origin" },
    body: String(new URLSearchParams({ digest: "ab".repeat(32), name: "委任状.txt" })),
  });
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";")))
    .join("; ");
  return { site, cookie, callback: site.service.authorize(begun.headers.get("location") ?? "") };
}

fuzz(
  "a result is a signature only with the very bytes of the card",
  120,
  fc.record({
    payload: objectChanges,
    isEcdh: fc.boolean(),
    jwe: oneIn(5, changes),
    write: fc.oneof(fc.constant(JSON.stringify), objectChanges),
    status: statuses,
    type: types,
  }),
  async ({ payload, isEcdh, jwe, write, status, type }) => {
    const { site, callback, cookie } = await begin();
    let [goodPayload, sealedPayload, sealed, text] = ["", "", "", ""];
    site.service.seal = async (data) => {
      goodPayload = payloadOf(today, data);
      sealedPayload = payload({ ...JSON.parse(goodPayload), about: marker });
      sealed = await encrypt(sealedPayload, { key: isEcdh ? ecKey.pub : rsaKey.pub });
      return sealed;
    };
    site.service.answers.result = (good) => {
      const given = jwe === undefined ? good : jwe(good);
      text = type.startsWith("application/jose") ? given : write({ result: given, about: marker });
      return { status, type, body: text };
    };
    const before = signings.length;
    const response = await site.send(callback, { headers: { cookie } });
    assert.equal(site.logins.length, 0);
    assert.equal(signings.length - before, response.status === 303 ? 1 : 0);
    counts[response.status === 303 ? "signed" : "refused"] += 1;
    if (response.status !== 303) return;
    assert.equal(status, 200);
    // A byte order mark of the answer is no part of what was decoded; one within the JWE is.
    const decoded = text.replace(/^\ufeff/, "");
    assert.equal(isJsonType(type) ? readStrictly(decoded)?.result : decoded, sealed);
    assert.ok(holds(sealedPayload.replace(/^\ufeff/, "\u0000"), goodPayload), sealedPayload.slice(0, 300));
    assert.equal(signings.at(-1)?.verification, "passed");
  },
  () =>
    assert.ok(
      Object.values(counts).every((count) => count > 20),
      JSON.stringify(counts),
    ),
);

const jwes = [
  await encrypt(payloadOf(today, new Uint8Array(51))),
  await encrypt(payloadOf(today, new Uint8Array(51)), { key: ecKey.pub }),
];
const site = new Site();
const others = fc.constantFrom<unknown>(null, 7, {}, [], undefined, true, { toString: () => jwes[0] });
let opened = 0;

fuzz(
  "a JWE that was altered in any part is not opened",
  600,
  fc.record({
    index: fc.nat(1),
    part: fc.nat(4),
    header: oneIn(3, objectChanges),
    altered: oneIn(2, changes),
    whole: oneIn(4, changes),
    other: oneIn(20, others),
    more: fc.array(fc.constantFrom("zip", "crit", "jwk", "jku", "p2c", "epk", "apu", "cty"), {
      maxLength: 2,
    }),
  }),
  async ({ index, part, header, altered, whole, other, more }) => {
    const jwe = jwes[index] ?? "";
    const parts = jwe.split(".");
    if (altered !== undefined) parts[part] = altered(parts[part] ?? "");
    if (header !== undefined) {
      const members = JSON.parse(Buffer.from(jwe.split(".")[0] ?? "", "base64url").toString());
      const extra = Object.fromEntries(more.map((name) => [name, name === "crit" ? ["x"] : "DEF"]));
      parts[0] = Buffer.from(header({ ...members, ...extra })).toString("base64url");
    }
    const joined = parts.join(".");
    const result = (other ?? (whole === undefined ? joined : whole(joined))) as string;
    const found = await site.attempt(() => openSignatureResult({ result, keys: [rsaKey.priv, ecKey.priv] }));
    if (found === undefined) return;
    opened += 1;
    assert.equal(result, jwe);
  },
  () => assert.ok(opened > 20, String(opened)),
);
