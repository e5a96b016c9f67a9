// Reads what the verifier writes. Separate from `call.ts`, which ID tokens do not need.
import { HonninError, type HonninErrorCode } from "../error.js";
import type { Report } from "../report.js";
import { callVerifier } from "../wasm/instance.js";
import type { FunctionName, Value } from "../wasm/verifier.js";

export { type IdTokenVerifier, startIdTokenVerifier } from "../wasm/instance.js";

/** A refusal in the form that the verifier writes. */
export interface Refusal {
  readonly ok: false;
  readonly code: HonninErrorCode;
  readonly message: string;
  readonly report: Report;
}

/** A positive result in the form that the verifier writes. */
export interface Acceptance {
  readonly ok: true;
}

let decoder: TextDecoder | undefined;

/** The text of these bytes. */
export function decode(bytes: Uint8Array): string {
  // Made when it is needed: where the platform lacks it, as in jsdom, an import must not fail.
  decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(bytes);
}

/** Calls one function of the verifier. */
export async function askVerifier<Accepted extends Acceptance>(
  name: FunctionName,
  values: readonly Value[],
): Promise<Accepted | Refusal> {
  return readAnswer(await callVerifier(name, values));
}

/** Reads the text that the verifier returned. */
export function readAnswer<Accepted extends Acceptance>(answer: Uint8Array): Accepted | Refusal {
  return JSON.parse(decode(answer));
}

/** The error of a refusal. */
export function errorOf({ code, message, report }: Refusal, cause?: unknown): HonninError {
  return new HonninError(code, message, { report, cause });
}
