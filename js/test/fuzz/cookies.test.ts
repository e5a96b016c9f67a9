// Cookies: a login is only completed, and a session only known, by the very cookie that was set.
import assert from "node:assert/strict";
import fc from "fast-check";
import { pairsOf } from "./model.js";
import { changes, lookAlikes, marker } from "./mutations.js";
import { fuzz } from "./run.js";
import { origin, requestOf, Site } from "./site.js";

const site = new Site();
const done = await site.begin();
const answer = await site.send(done.callback, { headers: { cookie: done.cookie } });
/** `name=value` of a session. */
const session =
  answer.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";")))
    .find((pair) => pair.includes("-session-")) ?? assert.fail("there was no login");
const other = await site.begin();

const nameOf = (pair: string) => pair.slice(0, pair.indexOf("="));
const valueIn = (pair: string) => pair.slice(pair.indexOf("=") + 1);

/** What a pair becomes on its way from somebody who may set cookies, or change them. */
const tampered: fc.Arbitrary<(pair: string) => string> = fc.oneof(
  fc.constant((pair: string) => pair),
  // In front of the name, where a browser protects the exact name alone.
  fc.tuple(fc.constantFrom(...lookAlikes, " ", "\t", "\r\n"), fc.nat(3)).map(
    ([space, where]) =>
      (pair: string) =>
        [space + pair, pair.replace("=", `${space}=`), pair.replace("=", `=${space}`), pair + space][where] ??
        "",
  ),
  fc.constantFrom<(pair: string) => string>(
    (pair) => `${nameOf(pair)}="${valueIn(pair)}"`,
    (pair) => `${nameOf(pair).replace("__Host-", "")}=${valueIn(pair)}`,
    (pair) => `${encodeURIComponent(nameOf(pair))}%=${valueIn(pair)}`,
    (pair) => `${nameOf(pair)}=${valueIn(other.cookie)}`,
    (pair) => `${nameOf(pair)}=${valueIn(session)}`,
    (pair) => `${nameOf(session)}=${valueIn(pair)}`,
    (pair) => `${nameOf(pair)}=${valueIn(pair).replace(/.$/, "=")}`,
    (pair) => `${nameOf(pair).replace(/-[0-9a-z]+-(?=[0-9a-f]{16}$)/, "-zzzzzzz-")}=${valueIn(pair)}`,
    (pair) => pair.replace(/\.[^.]*\./, ".."),
    (pair) => `=${pair}`,
    (pair) => nameOf(pair),
  ),
  fc.tuple(fc.nat(400), fc.constantFrom(..."AQgw-_")).map(([index, letter]) => (pair: string) => {
    const start = nameOf(pair).length + 1 + index;
    return pair.slice(0, start) + letter + pair.slice(start + 1);
  }),
  changes,
);

const headers = fc
  .array(fc.tuple(fc.constantFrom("login", "session", "other", "foreign"), tampered), { maxLength: 5 })
  .chain((parts) =>
    fc
      .constantFrom("; ", ";", " ; ", ",", "; ;", "\u037e ", "\uff1b")
      .map((separator) => ({ parts, separator })),
  );

/** The digest of its state, at the end of the name. */
const digestOf = (pair: string) => /-([0-9a-f]{16})$/.exec(nameOf(pair))?.[1];

const counts = { logins: 0, refusals: 0, sessions: 0, none: 0 };

fuzz(
  "a login and a session need the very cookie, under the very name",
  800,
  headers,
  async ({ parts, separator }) => {
    const begun = await site.begin();
    const pairs = { login: begun.cookie, session, other: other.cookie, foreign: `theme=${marker}` };
    const cookie = parts.map(([which, tamper]) => tamper(pairs[which])).join(separator);
    const sent = pairsOf(cookie);

    const known = await site.party.session(requestOf(origin, { headers: { cookie } }));
    const ofThatName = sent.filter((pair) => nameOf(pair) === nameOf(session));
    if (known !== undefined) assert.deepEqual(ofThatName, [session]);
    counts[known === undefined ? "none" : "sessions"] += 1;

    const [logins, asked] = [site.logins.length, site.service.asked.length];
    await site.send(begun.callback, { headers: { cookie } });
    // When it began, as the name says, is of no account.
    const isThere = sent.some(
      (pair) =>
        pair.startsWith("__Host-honnin-") &&
        digestOf(pair) === digestOf(begun.cookie) &&
        valueIn(pair) === valueIn(begun.cookie),
    );
    if (site.logins.length > logins || site.service.asked.length > asked) assert.ok(isThere, cookie);
    counts[site.logins.length > logins ? "logins" : "refusals"] += 1;
  },
  () =>
    assert.ok(
      Object.values(counts).every((count) => count > 10),
      JSON.stringify(counts),
    ),
);

fuzz(
  "anything at all as a Cookie header ends in an answer",
  300,
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ maxLength: 300 }),
    fc
      .tuple(fc.string({ minLength: 1, maxLength: 12, unit: "binary" }), fc.constantFrom(1, 9, 2_000))
      .map(([text, times]) => text.repeat(times)),
  ),
  async (cookie) => {
    const begun = await site.begin();
    const logins = site.logins.length;
    for (const path of ["/auth/login", `/auth/callback${begun.callback.search}`, "/auth/logout"])
      await site.send(origin + path, {
        method: path === "/auth/logout" ? "POST" : "GET",
        headers: { cookie, origin, "sec-fetch-site": "same-origin" },
      });
    assert.equal(await site.party.session(requestOf(origin, { headers: { cookie } })), undefined);
    assert.equal(site.logins.length, logins);
  },
);
