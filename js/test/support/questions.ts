// What the verifier is asked about ID tokens, in this process.
import type { Verifier as Class } from "../../src/wasm/verifier.js";

const { Verifier } = (await import("../../dist/wasm/verifier.js" as string)) as { Verifier: typeof Class };

/** Whether each question about an ID token during the work was a brief one. */
export async function questionsDuring(work: () => Promise<unknown>): Promise<readonly boolean[]> {
  const questions: boolean[] = [];
  const { call } = Verifier.prototype;
  Verifier.prototype.call = function (name, values, ...more) {
    if (name === "verify_id_token") questions.push(more[0] !== 0);
    return call.call(this, name, values, ...more);
  };
  try {
    await work();
  } finally {
    Verifier.prototype.call = call;
  }
  return questions;
}

/** During the work, an ID token is verified, but no report of it can be made. */
export async function withoutReports<Result>(work: () => Promise<Result>): Promise<Result> {
  const { call } = Verifier.prototype;
  Verifier.prototype.call = function (name, values, ...more) {
    if (name === "verify_id_token" && more[0] === 0) throw new WebAssembly.RuntimeError("unreachable");
    return call.call(this, name, values, ...more);
  };
  try {
    return await work();
  } finally {
    Verifier.prototype.call = call;
  }
}
