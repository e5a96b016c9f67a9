// The service rotates its keys while people log in, against the relying party in real workerd.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Stack, startStack } from "../support/stack.ts";
import { codeOf, logIn, subOf } from "../support/test-card.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});
after(() => stack?.close());

test("keys rotated under load: no valid login fails, and one fetch finds the new key", async () => {
  const { emulator, site } = stack;
  const logins = { before: 0, after: 0 };
  let rotated = false;
  const person = async () => {
    for (let count = 0; count < 8; count += 1) {
      const answer = await logIn(site.origin);
      assert.ok(subOf(answer), `a valid login was refused: ${codeOf(answer)}`);
      logins[rotated ? "after" : "before"] += 1;
      // In the middle of the load: the other logins are under way.
      if (logins.before === 16 && !rotated) {
        rotated = true;
        emulator.rotateKeys({ keepOld: true });
      }
    }
  };
  await Promise.all(Array.from({ length: 6 }, person));
  assert.deepEqual(logins.before + logins.after, 48);
  assert.ok(logins.before >= 16 && logins.after >= 16);
  assert.equal(emulator.requests.jwks, 2, "one fetch before the rotation, one after it");
});

test("logins with an unknown kid cause no fetch within the cool-down, and disturb nobody", async () => {
  const { emulator, site } = stack;
  const before = emulator.requests.jwks;
  for (let count = 0; count < 20; count += 1) {
    assert.equal(codeOf(await logIn(site.origin, "unknown-kid")), "key-not-found");
  }
  assert.equal(emulator.requests.jwks, before);
  assert.ok(subOf(await logIn(site.origin)));
});

test("while the JWKS endpoint fails in any way, logins go on with the keys at hand", async () => {
  const { emulator, site } = stack;
  for (const fault of ["fail", "slow", "malformed", "oversized", "private-key"] as const) {
    emulator.setFault("jwks", fault);
    assert.ok(subOf(await logIn(site.origin)), fault);
  }
  emulator.setFault("jwks", "none");
});
