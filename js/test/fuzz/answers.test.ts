// Answers of the token and the userinfo endpoint: a login is made of good ones alone, and what is in them goes to the site only.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isJsonType, readStrictly } from "./model.js";
import { changes, marker, objectChanges, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { type Answer, person, sub } from "./service.js";
import { origin, Site } from "./site.js";

const statuses = fc.oneof(
  { arbitrary: fc.constant(200), weight: 8 },
  { arbitrary: fc.constantFrom(201, 204, 301, 304, 400, 401, 403, 404, 408, 429, 500, 503, 599), weight: 2 },
);
const types = fc.oneof(
  { arbitrary: fc.constant("application/json"), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      "application/json;charset=UTF-8",
      "APPLICATION/JSON",
      "text/html",
      "",
      "application/json, text/html",
      "application/jwt",
      "application/json\u00a0",
      "application/json2",
      'application/json; x="a;b"',
      "\u00ff",
    ),
    weight: 2,
  },
);
const bytes = oneIn(8, fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)));
const errors = fc.constantFrom(
  "invalid_grant",
  "invalid_client",
  "server_error",
  marker,
  `${marker}\r\nx: y`,
  "x".repeat(100),
  "",
  "__proto__",
);

/** An answer and its text, after one byte of it was changed, if any. */
function answer(status: number, type: string, text: string, change: readonly [number, number] | undefined) {
  const body = new TextEncoder().encode(text);
  if (change !== undefined && body.length > 0) body[Math.floor(change[0] * (body.length - 1))] = change[1];
  let decoded: string | undefined;
  try {
    decoded = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    // Not UTF-8.
  }
  return { given: { status, type, body } satisfies Answer, decoded };
}

const site = new Site();

async function logIn() {
  const { callback, cookie } = await site.begin();
  const logins = site.logins.length;
  await site.send(callback, { headers: { cookie } });
  return site.logins.length > logins ? site.logins.at(-1) : undefined;
}

const asked = ["openid", "name", "address", "birthdate", "gender"];
const counts = { logins: 0, refusals: 0, persons: 0, unknown: 0 };
/** A token of a login before, for one that is used again. */
let before: unknown;

fuzz(
  "a token answer logs in only with its own tokens, once each",
  350,
  fc.record({
    write: objectChanges,
    status: statuses,
    type: types,
    bytes,
    error: oneIn(8, errors),
    token: oneIn(
      6,
      fc.oneof(
        changes,
        fc.constantFrom<(token: string) => unknown>(
          () => before,
          (token) => token.split("."),
          (token) => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1]}.`,
          (token) => token.replace(/[^.]*$/, ""),
          (token) => `${token}=`,
        ),
      ),
    ),
  }),
  async ({ write, status, type, bytes: flipped, error, token }) => {
    let text: string | undefined;
    let good: Readonly<Record<string, unknown>> = {};
    site.service.answers.token = (members) => {
      good = members;
      const written = write({
        ...members,
        ...(error === undefined ? {} : { error, error_description: marker }),
        ...(token === undefined ? {} : { id_token: token(String(members.id_token)) }),
      });
      const { given, decoded } = answer(status, type, written, flipped);
      text = decoded;
      return given;
    };
    const login = await logIn();
    site.service.answers = {};
    before = good.id_token;
    counts[login === undefined ? "refusals" : "logins"] += 1;
    if (login === undefined) return;
    const read = readStrictly(text ?? "");
    assert.equal(status, 200);
    assert.ok(isJsonType(type), type);
    assert.ok(read !== undefined, text?.slice(0, 500));
    assert.equal(read.id_token, good.id_token);
    assert.equal(read.access_token, good.access_token);
    assert.match(String(read.token_type), /^bearer$/i);
    assert.equal(login.sub, sub);
    assert.ok(login.grantedScopes.every((scope) => asked.includes(scope)));
    const { expiresIn = 0 } = login.tokens;
    assert.ok(Number.isFinite(expiresIn) && expiresIn >= 0);
  },
  () => assert.ok(counts.logins > 40 && counts.refusals > 40, JSON.stringify(counts)),
);

fuzz(
  "a userinfo answer counts only for its own person, and its items are those that it holds",
  350,
  fc.record({ write: objectChanges, status: statuses, type: types, bytes }),
  async ({ write, status, type, bytes: flipped }) => {
    const { given, decoded } = answer(status, type, write(person), flipped);
    site.service.answers.userinfo = () => given;
    const login = await logIn();
    site.service.answers = {};
    counts[login === undefined ? "unknown" : "persons"] += 1;
    if (login === undefined) return;
    const read = readStrictly(decoded ?? "");
    assert.equal(status, 200);
    assert.ok(isJsonType(type), type);
    assert.ok(read !== undefined, decoded?.slice(0, 500));
    assert.equal(read.sub, sub);
    assert.equal(login.user?.sub, sub);
    const { name, address, birthdate, gender } = login.user ?? {};
    assert.equal(name, read.name ?? undefined);
    if (typeof read.address === "string") assert.equal(address?.text, read.address);
    for (const [item, member] of [
      [birthdate, read.birthdate],
      [gender, read.gender],
    ] as const) {
      assert.equal(item?.raw, member === null || member === undefined ? undefined : String(member));
    }
  },
  () => assert.ok(counts.persons > 40 && counts.unknown > 40, JSON.stringify(counts)),
);

fuzz(
  "anything at all as an answer ends in a page",
  150,
  fc.tuple(
    fc.constantFrom("token", "userinfo", "keys" as const),
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(1, 5, 3_000),
    statuses,
    types,
  ),
  async ([endpoint, some, times, status, type]) => {
    const body = new Uint8Array(some.length * times);
    for (let index = 0; index < times; index += 1) body.set(some, index * some.length);
    const fresh = new Site();
    fresh.service.answers[endpoint as "token"] = () => ({ status, type, body });
    const { callback, cookie } = await fresh.begin();
    const response = await fresh.send(callback, { headers: { cookie } });
    assert.ok(response.status >= 400 || endpoint === "keys", origin);
    if (endpoint !== "keys") assert.equal(fresh.logins.length, 0);
  },
);
