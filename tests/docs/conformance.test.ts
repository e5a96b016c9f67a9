// docs/conformance.md names tests that exist.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";

const page = readFileSync(join(root, "docs/conformance.md"), "utf8");
const points = [...page.matchAll(/^\| (?!test |point |-)([^|]+) \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, point = "", state = "", evidence = ""]) => ({ point, state, evidence }),
);
const citation = /`([\w./-]+\.(?:ts|json))` — `([^`]+)`/g;

/** What stands between the literal parts of a title that is put together in a loop, as early or as late as they can end. */
function partsOf(template: string, title: string): (string[] | undefined)[] {
  const literals = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
  const escaped = literals.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return ["(.+?)", "(.+)"].map((gap) => new RegExp(`^${escaped.join(gap)}$`).exec(title)?.slice(1));
}

/**
 * Whether a test of this title is in a file: literally, or put together of a template and of texts that stand in the file, too.
 * In a table of cases, it is a case's name or id.
 */
function isThere(file: string, title: string): boolean {
  const source = readFileSync(join(root, file), "utf8");
  if (file.endsWith(".json")) {
    return (JSON.parse(source) as { name: string }[]).some(({ name }) => name === title);
  }
  if (!file.endsWith(".test.ts")) return source.includes(`id: ${JSON.stringify(title)},`);
  const titles = [...source.matchAll(/\btest\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)];
  return titles.some(([, literal, template]) => {
    if (literal !== undefined) return literal.replaceAll('\\"', '"') === title;
    return partsOf(template ?? "", title).some((parts) => parts?.every((part) => source.includes(part)));
  });
}

test("every test that is named exists", () => {
  const cited = [...page.matchAll(citation)];
  assert.ok(cited.length >= 80, `${cited.length} citations`);
  for (const [, file = "", title = ""] of cited) {
    assert.ok(existsSync(join(root, file)), `${file} is not there`);
    assert.ok(isThere(file, title), `${file} has no test “${title}”`);
  }
});

test("every point is done, with a test, or not, with a reason", () => {
  assert.ok(points.length >= 80, `${points.length} points`);
  for (const { point, state, evidence } of points) {
    assert.ok(["done", "not applicable", "not done"].includes(state), `${point}: ${state}`);
    if (state === "done") assert.notEqual(evidence.match(citation), null, `${point} names no test`);
    else assert.ok(evidence.replace(citation, "").length > 15, `${point} has no reason`);
  }
});

test("a test that does not exist is noticed, also one of a loop", () => {
  const login = "js/test/relying-party/login.test.ts";
  assert.ok(isThere(login, "a login with another nonce is nonce-mismatch"));
  assert.ok(!isThere(login, "a login with another planet is nonce-mismatch"));
  assert.ok(!isThere(login, "a whole login"));
  assert.ok(!isThere("tests/id-token/cases.json", "iss: of another planet"));
  assert.ok(!isThere("js/test/relying-party/foreign-answers/token.ts", "keycloak"));
});
