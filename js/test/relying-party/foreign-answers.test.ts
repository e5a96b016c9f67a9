// Answers that other services are known to give, each through a whole login.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codeOf } from "./browser.js";
import { asked, type Expected, type Row } from "./foreign-answers/row.js";
import { rows } from "./foreign-answers/rows.js";
import { type Ending, logIn } from "./foreign-answers/service.js";

const name = ({ outcome }: Row) => ("login" in outcome ? "login" : outcome.code);

for (const row of rows) {
  test(`${row.id}: ${name(row)}`, async () => {
    const ending = await logIn(row);
    if ("login" in row.outcome) checkLogin(ending, row.outcome.login);
    else await checkRefusal(ending, row.outcome);
  });
}

function checkLogin({ response, login, error }: Ending, expected: Expected): void {
  assert.equal(error?.code, undefined, error?.message);
  assert.equal(response.status, 303);
  assert.ok(login);
  if ("expiresIn" in expected) assert.equal(login.tokens.expiresIn, expected.expiresIn);
  if ("refreshToken" in expected) assert.equal(login.tokens.refreshToken, expected.refreshToken);
  if (expected.grantedScopes !== undefined) {
    // The order means nothing.
    assert.deepEqual([...login.grantedScopes].sort(), [...expected.grantedScopes].sort());
    const missing = asked.filter((scope) => !expected.grantedScopes?.includes(scope));
    assert.deepEqual(login.missingScopes, missing);
  }
  for (const [item, value] of Object.entries(expected.user ?? {})) {
    assert.deepEqual(login.user?.[item as keyof typeof login.user], value, item);
  }
}

async function checkRefusal(
  { response, login, error, requests }: Ending,
  expected: { code: string; status: number },
): Promise<void> {
  assert.equal(login, undefined);
  assert.equal(error?.code, expected.code);
  assert.equal(await codeOf(response), expected.code);
  assert.equal(response.status, expected.status);
  assert.deepEqual(
    response.headers.getSetCookie().filter((cookie) => /honnin-session/.test(cookie)),
    [],
  );
  // A code is handed in once at most, whatever came of it.
  assert.ok(requests.filter((request) => request.startsWith("POST")).length <= 1);
}

/** Texts in which services tell people something, or name their own affairs. */
const told = new Set([
  "error_description",
  "errorSummary",
  "errorId",
  "message",
  "trace_id",
  "correlation_id",
  "title",
]);

test("nothing that a service tells about a refusal reaches a page or a message", async () => {
  let checked = 0;
  for (const row of rows) {
    if ("login" in row.outcome) continue;
    const ordinary = { issuer: "", sub: "", tokens: { access_token: "", id_token: "" }, person: {}, key: {} };
    const answers = row.answers?.(ordinary) ?? {};
    const { response, error } = await logIn(row);
    const shown = `${await response.text()} ${error?.message} ${String(error?.cause ?? "")}`;
    for (const text of textsOf(answers)) {
      assert.ok(!shown.includes(text), `${row.id} shows “${text}”`);
      checked += 1;
    }
  }
  assert.ok(checked >= 20, `${checked} texts`);
});

/** The texts of members that tell something, at any depth; of HTML, its title. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return /<title>(.+)<\/title>/.exec(value)?.slice(1) ?? [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) =>
    told.has(member) && typeof inner === "string" ? [inner] : textsOf(inner),
  );
}

const page = readFileSync(new URL("../../../docs/answers.md", import.meta.url), "utf8");

test("docs/answers.md has the same rows in the same order, each with its outcome, a public source and a reason", () => {
  const told = [...page.matchAll(/^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];
  assert.deepEqual(
    told.map(([, id, , , outcome]) => [id, outcome?.trim().replaceAll("`", "")]),
    rows.map((row) => [row.id, name(row)]),
  );
  for (const [, id, , answer = "", , why = ""] of told) {
    assert.match(answer, /\]\(https:\/\/[^)\s]+\)/, id);
    assert.ok(why.trim().length > 20, id);
  }
  assert.ok(rows.length >= 35);
});

test("docs/answers.md says of every code what its page says, with the status that it has", () => {
  const pages = new Map(
    [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| .+ \|$/gm)].map((row) => [row[1], row[2]]),
  );
  const statuses = new Map(
    rows.flatMap(({ outcome }) => ("login" in outcome ? [] : [[outcome.code, String(outcome.status)]])),
  );
  assert.deepEqual([...pages].sort(), [...statuses].sort());
});
