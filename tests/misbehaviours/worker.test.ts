// Everything that a service can do wrong, against the relying party in real workerd.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Stack, startStack } from "../support/stack.ts";
import { codeOf, logIn, subOf } from "../support/test-card.ts";
import { expected } from "./expected.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});
after(() => stack?.close());

test("the table names every misbehaviour of the emulator, and no other", async () => {
  const response = await fetch(`${stack.emulator.origin}/emulator/misbehaviours`);
  const { misbehaviours } = (await response.json()) as { misbehaviours: { id: string }[] };
  assert.deepEqual(misbehaviours.map(({ id }) => id).sort(), Object.keys(expected).sort());
});

for (const [id, code] of Object.entries(expected)) {
  test(`${id} is refused with ${code}`, async () => {
    const answer = await logIn(stack.site.origin, id);
    assert.equal(codeOf(answer), code);
    assert.equal(subOf(answer), undefined);
    assert.ok(answer.status >= 400 && answer.status < 600);
    assert.match(answer.text, /<a [^>]*href="[^"]+"|<form /, "the page offers a way on");
  });
}

test("errors of the service reach the page by their own code", async () => {
  assert.equal(codeOf(await logIn(stack.site.origin, "access_denied")), "login-denied");
  for (const [error, code] of [
    ["server_error", "authorization-unavailable"],
    ["temporarily_unavailable", "authorization-unavailable"],
    ["invalid_request", "authorization-refused"],
  ] as const) {
    const answer = await logIn(stack.site.origin, error);
    assert.equal(codeOf(answer), code);
    assert.match(answer.text, new RegExp(error));
  }
});

test("after all of that a normal login still works", async () => {
  assert.match(subOf(await logIn(stack.site.origin)) ?? "", /^[\x21-\x7e]{16,255}$/);
});

test("nothing of a token, a code or a person reached the log", () => {
  const log = stack.site.logs.join("\n");
  assert.match(log, /login refused: nonce-mismatch/);
  assert.doesNotMatch(log, /eyJ|本人|code=|state=|\d{8}/);
});
