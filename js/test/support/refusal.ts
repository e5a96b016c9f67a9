// What a call refuses with, held to being a HonninError and nothing else.
import assert from "node:assert/strict";

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
  readonly report?: { readonly steps: readonly { readonly id: string; readonly status: string }[] };
}

function asRefusal(error: unknown): Refusal {
  assert.ok(error instanceof Error, `threw what is not an Error: ${String(error)}`);
  assert.equal(error.name, "HonninError", `threw ${error.name}: ${error.message}`);
  return error as Error & Refusal;
}

/** The error that `call` throws or rejects with. */
export async function refusalOf(call: () => unknown): Promise<Refusal> {
  try {
    await call();
  } catch (error) {
    return asRefusal(error);
  }
  return assert.fail("did not refuse");
}

/** The code of that error. */
export async function codeOf(call: () => unknown): Promise<string> {
  return (await refusalOf(call)).code;
}
