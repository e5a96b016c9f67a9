// docs/conformance.md names tests that exist.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";
import { citation, isThere, missing } from "./citations.ts";

const page = readFileSync(join(root, "docs/conformance.md"), "utf8");
const points = [...page.matchAll(/^\| (?!test |point |-)([^|]+) \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, point = "", state = "", evidence = ""]) => ({ point, state, evidence }),
);
test("every test that is named exists", () => {
  assert.ok([...page.matchAll(citation)].length >= 80);
  assert.deepEqual(missing(page), []);
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
  const login = "js/test/relying-party/login/login.test.ts";
  assert.ok(isThere(login, "a login with another nonce is nonce-mismatch"));
  assert.ok(!isThere(login, "a login with another planet is nonce-mismatch"));
  assert.ok(!isThere(login, "a whole login"));
  assert.ok(!isThere("tests/id-token/cases.json", "iss: of another planet"));
  assert.ok(!isThere("js/test/relying-party/foreign-answers/token.ts", "keycloak"));
  assert.ok(isThere("crate/tests/rules/json.rs", "duplicate_members"));
  assert.ok(!isThere("crate/tests/rules/json.rs", "duplicate"));
  assert.ok(!isThere("js/test/relying-party/nowhere.test.ts", "anything"));
});
