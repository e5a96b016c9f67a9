// Callbacks: query, method and headers. A code is handed in for the login that it belongs to, in its browser, by a navigation.
import assert from "node:assert/strict";
import fc from "fast-check";
import { readAuthorizationResponse } from "../../src/launch/authorization-response.js";
import { isNavigation } from "./model.js";
import { changes, marker, oneIn } from "./mutations.js";
import { fuzz } from "./run.js";
import { environment } from "./service.js";
import { type Begun, origin, Site } from "./site.js";

type Parameters = readonly (readonly [name: string, value: string])[];
type Change = (parameters: Parameters, other: Begun) => Parameters;

const values = fc.oneof(
  fc.constantFrom("", environment.issuer, `${environment.issuer}/`, "https://evil.example", "access_denied"),
  fc.constantFrom(
    "temporarily_unavailable",
    "login_required",
    marker,
    `${marker} error`,
    "authentication_expired",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("x".repeat(300), "x".repeat(3_000), "花".repeat(6_000)),
);
const names = fc.constantFrom(
  "state",
  "code",
  "iss",
  "error",
  "error_description",
  "response",
  "id_token",
  "access_token",
  "lang",
  "x",
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(names, values, fc.boolean()).map(
    ([name, value, isFirst]): Change =>
      (all) =>
        isFirst ? [[name, value], ...all] : [...all, [name, value]],
  ),
  fc.tuple(names, values).map(
    ([name, value]): Change =>
      (all) =>
        all.map((one) => (one[0] === name ? [name, value] : one)),
  ),
  names.map(
    (name): Change =>
      (all) =>
        all.filter((one) => one[0] !== name),
  ),
  // What belongs to another login of this browser, in place of it or besides.
  fc.tuple(fc.constantFrom("state", "code"), fc.boolean()).map(
    ([name, isBesides]): Change =>
      (all, other) => {
        const value = other.callback.searchParams.get(name) ?? "";
        return isBesides
          ? [...all, [name, value]]
          : all.map((one) => (one[0] === name ? [name, value] : one));
      },
  ),
  fc.tuple(fc.constantFrom("state", "code", "iss"), changes).map(
    ([name, altered]): Change =>
      (all) =>
        all.map((one) => (one[0] === name ? [name, altered(one[1])] : one)),
  ),
);

const methods = fc.constantFrom(
  "GET",
  "GET",
  "GET",
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "OPTIONS",
  "get",
);
const pick = (...all: string[]) => oneIn(2, fc.constantFrom(...all));
const headers = fc
  .record({
    "sec-fetch-site": pick("same-origin", "same-site", "cross-site", "none", "x", ""),
    "sec-fetch-mode": pick(
      "navigate",
      "navigate",
      "navigate",
      "cors",
      "no-cors",
      "same-origin",
      "Navigate",
      "",
    ),
    "sec-fetch-dest": pick(
      "document",
      "document",
      "document",
      "empty",
      "iframe",
      "image",
      "object",
      "fencedframe",
    ),
    "sec-purpose": oneIn(5, fc.constantFrom("prefetch", "prefetch;prerender", "Prefetch", "x")),
    "x-sec-purpose": oneIn(5, fc.constantFrom("prefetch", "x")),
    "x-moz": oneIn(5, fc.constantFrom("prefetch", "x")),
    "accept-language": pick("en", "ja;q=0", `en;q=${marker}`, "\u212aja, en".repeat(500), ",,,;;;=="),
    referer: pick("https://evil.example/", `${origin}/x`, marker),
  })
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  );

const cookies = fc.constantFrom<(own: string, other: string) => string>(
  (own, other) => `${own}; ${other}`,
  (own, other) => `${own}; ${other}`,
  (own) => own,
  (_, other) => other,
  () => "",
  // Each under the name of the other one.
  (own, other) => {
    const [mine = "", value = "", theirs = "", theirValue = ""] = [own, other].flatMap((pair) =>
      pair.split("="),
    );
    return `${mine}=${theirValue}; ${theirs}=${value}`;
  },
);

/** What a reader of queries makes of them, if nothing is there twice. */
function readQuery(search: string): Map<string, string> | undefined {
  const all = [...new URLSearchParams(search)];
  const map = new Map(all);
  return map.size === all.length ? map : undefined;
}

const expected = { issuer: environment.issuer };
const site = new Site();
const counts = { logins: 0, refusals: 0, handedIn: 0 };

fuzz(
  "a callback logs in, and hands a code in, only where everything came together",
  400,
  fc.record({
    changed: fc.array(change, { maxLength: 2 }),
    text: oneIn(4, changes),
    method: methods,
    headers: fc.oneof(headers, fc.constant({})),
    cookie: cookies,
  }),
  async ({ changed, text, method, headers: given, cookie }) => {
    const [begun, other] = [await site.begin("?return_to=/a"), await site.begin("?return_to=/b")];
    const good: Parameters = [...begun.callback.searchParams];
    const parameters = changed.reduce((all, one) => one(all, other), good);
    const query = String(new URLSearchParams(parameters.map(([name, value]) => [name, value])));
    const url = new URL(begun.callback);
    url.search = text === undefined ? query : text(query);
    const sent = cookie(begun.cookie, other.cookie);
    const [logins, asked] = [site.logins.length, site.service.asked.length];
    const response = await site.send(url, { method, headers: { ...given, cookie: sent } });

    const read = readQuery(url.search);
    const belongs = [begun, other].find(
      ({ callback }) => callback.searchParams.get("state") === read?.get("state"),
    );
    const mayHandIn =
      ["GET", "get"].includes(method) &&
      isNavigation(given) &&
      belongs !== undefined &&
      sent.split("; ").includes(belongs.cookie) &&
      [undefined, environment.issuer].includes(read?.get("iss")) &&
      ["error", "response", "id_token", "access_token"].every((name) => !read?.has(name));
    const mayLogIn = mayHandIn && read?.get("code") === belongs.callback.searchParams.get("code");
    const what = `${method} ${url.search.slice(0, 500)} ${JSON.stringify(given)} ${sent}`;
    if (site.service.asked.length > asked) assert.ok(mayHandIn, `handed in: ${what}`);
    if (site.logins.length > logins) assert.ok(mayLogIn, `logged in: ${what}`);
    if (!isNavigation(given)) {
      assert.ok(response.status >= 400, what);
      assert.deepEqual(response.headers.getSetCookie(), [], what);
    }
    // What is as it should be is not refused for anything else, unless it is too long.
    if (mayLogIn && url.search.length < 16_000) assert.equal(site.logins.length, logins + 1, what);
    counts.handedIn += site.service.asked.length > asked ? 1 : 0;
    counts[site.logins.length > logins ? "logins" : "refusals"] += 1;
  },
  () =>
    assert.ok(
      Object.values(counts).every((count) => count > 20),
      JSON.stringify(counts),
    ),
);

fuzz(
  "readAuthorizationResponse gives a code for its state and issuer alone",
  2_500,
  fc.record({
    changed: fc.array(change, { maxLength: 3 }),
    text: oneIn(4, changes),
    form: fc.constantFrom("url", "query", "text", "path"),
    requireIss: fc.boolean(),
  }),
  async ({ changed, text, form, requireIss }) => {
    const [state, code] = ["state-0123456789abcdef", "code-0123456789"];
    const other: Begun = {
      cookie: "",
      callback: new URL(`${origin}/?state=another-0123456789&code=another`),
    };
    const good: Parameters = [...Object.entries({ state, code, iss: environment.issuer })];
    const parameters = changed.reduce((all, one) => one(all, other), good);
    const query = String(new URLSearchParams(parameters.map(([name, value]) => [name, value])));
    const url = new URL(`${origin}/auth/callback`);
    url.search = text === undefined ? query : text(query);
    const { search, pathname } = url;
    const given = { url, query: new URLSearchParams(search), text: url.href, path: pathname + search }[form];
    const found = await site.attempt(() =>
      readAuthorizationResponse(given, { ...expected, state, requireIss }),
    );
    if (found === undefined) return;
    const read = readQuery(search);
    assert.equal(read?.get("state"), state, search);
    assert.equal(read?.get("code"), found.code, search);
    assert.ok(
      (requireIss ? [environment.issuer] : [undefined, environment.issuer]).includes(read?.get("iss")),
      search,
    );
    assert.ok(
      ["error", "response", "id_token", "access_token"].every((name) => !read?.has(name)),
      search,
    );
  },
);
