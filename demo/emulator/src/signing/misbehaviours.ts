import { signingCircumstances } from "./misbehaviours/circumstances.js";
import { contentMisbehaviours } from "./misbehaviours/content.js";
import { jweMisbehaviours } from "./misbehaviours/jwe.js";
import type { SigningMisbehaviour } from "./misbehaviours/kinds.js";
import { resultMisbehaviours } from "./misbehaviours/result.js";

/**
 * Misbehaviours for one signature, selected on the test-card page. The IDs are stable. A wrong response never counts as collecting
 * the result: after a new authorization, the right one can still be fetched.
 */
export const signingMisbehaviours: readonly SigningMisbehaviour[] = [
  ...signingCircumstances,
  ...contentMisbehaviours,
  ...jweMisbehaviours,
  ...resultMisbehaviours,
];

const byId = new Map(signingMisbehaviours.map((misbehaviour) => [misbehaviour.id, misbehaviour]));

export function findSigningMisbehaviour(id: unknown): SigningMisbehaviour | undefined {
  return typeof id === "string" ? byId.get(id) : undefined;
}
