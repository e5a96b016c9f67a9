import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError } from "../../../src/error.js";
import type { Handoff } from "../../../src/relying-party/handoff/handoff.js";
import * as step from "../../../src/relying-party/handoff/transitions.js";

const limits = { lifetime: 600, codeLifetime: 300, numberLifetime: 180, claimLifetime: 120, tries: 5 };
const now = 1_000;
const [pc, phone, number] = ["0123456789abcdef", "fedcba9876543210", "123456"];

const open = step.open({ pc, returnTo: "/", lang: "ja", scopes: ["openid"] }, limits, now);
const scanned = step.scan(open, { phone, number }, limits, now);
const numbered = step.typeNumber(scanned, pc, number, now).next;
const authorizing = step.authorize(numbered, phone, now);
const done = step.deliver(authorizing, phone, {} as never, limits, now);

/** Each comparison with a secret, and whether it accepts a text. */
const comparisons: readonly (readonly [name: string, secret: string, accepts: (text: string) => boolean])[] =
  [
    ["a typed number", number, (text) => step.typeNumber(scanned, pc, text, now).wrong === undefined],
    ["the computer of a number", pc, (text) => isTaken(() => step.typeNumber(scanned, text, number, now))],
    ["the computer of a claim", pc, (text) => isTaken(() => step.claim(done, text, "by", now))],
    ["the computer that cancels", pc, (text) => isTaken(() => cancel(scanned, { pc: text }))],
    ["the computer that reads", pc, (text) => isTaken(() => step.checkPc(scanned, text))],
    ["the phone that goes", phone, (text) => isTaken(() => step.authorize(numbered, text, now))],
    ["the phone that returns", phone, (text) => isTaken(() => step.checkAwaited(authorizing, text, now))],
    ["the phone that cancels", phone, (text) => isTaken(() => cancel(scanned, { phone: text }))],
    ["the phone that reads", phone, (text) => isTaken(() => step.checkPhone(scanned, text))],
  ];

function cancel(handoff: Handoff, by: Parameters<typeof step.end>[1]): void {
  step.end(handoff, by, "cancelled", "handoff-cancelled", now);
}

function isTaken(take: () => unknown): boolean {
  try {
    take();
    return true;
  } catch (thrown) {
    assert.ok(thrown instanceof HonninError);
    assert.equal(thrown.code, "handoff-other-browser");
    return false;
  }
}

for (const [name, secret, accepts] of comparisons) {
  test(`a secret is compared to its end, wherever the first difference is: ${name}`, () => {
    const looks = (text: string) => {
      let count = 0;
      const watched = {
        length: text.length,
        charCodeAt(at: number) {
          count += 1;
          return text.charCodeAt(at);
        },
      };
      assert.equal(accepts(watched as unknown as string), text === secret);
      return count;
    };
    for (const text of [secret, `x${secret.slice(1)}`, `${secret.slice(0, -1)}x`, "", "x", `${secret}x`])
      assert.equal(looks(text), secret.length, text);
  });
}
