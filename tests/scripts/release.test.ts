// The workflow that publishes: from a tag only, after the gate, without stored secrets, and with no more rights than it needs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";

const workflow = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");
const jobs = new Map(
  (workflow.split(/^jobs:\n/m)[1] ?? "")
    .split(/^(?= {2}\w+:\n)/m)
    .filter((text) => text.trim() !== "")
    .map((text) => [/^ {2}(\w+):/.exec(text)?.[1] ?? "", text]),
);

test("it runs for tags only, and has no rights of its own", () => {
  assert.match(workflow, /^on:\n {2}push:\n {4}tags: \["v\*"\]\n\n/m);
  assert.match(workflow, /^permissions: \{\}$/m);
  assert.doesNotMatch(workflow, /secrets\.|NODE_AUTH_TOKEN|_authToken/);
});

test("what publishes waits for the gate", () => {
  assert.deepEqual([...jobs.keys()], ["gate", "npm", "crates"]);
  for (const [name, text] of jobs) {
    const publishes = /(npm|cargo) publish/.test(text);
    assert.equal(publishes, name !== "gate");
    assert.equal(/^ {4}needs: gate$/m.test(text), publishes);
    assert.equal(/^ {4}environment: release$/m.test(text), publishes);
    assert.equal(/^ {6}id-token: write$/m.test(text), publishes);
    assert.doesNotMatch(text, /contents: write/);
  }
  assert.match(
    jobs.get("gate") ?? "",
    /- run: node scripts\/publishable\.mjs --check --tag "\$GITHUB_REF_NAME"\n {6}- run: \.ci\/run\n/,
  );
  assert.match(jobs.get("npm") ?? "", /npm publish --provenance/);
});

test("every action is pinned to a commit", () => {
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
  assert.ok(actions.length >= 4);
  for (const action of actions) assert.match(action, /@[0-9a-f]{40}$/);
});
