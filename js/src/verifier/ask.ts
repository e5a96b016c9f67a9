// The only way into the verifier. Separate from `call.ts`, which ID tokens do not need.
import { HonninError, type HonninErrorCode } from "../error.js";
import type { Report } from "../report.js";
import { callIdTokenVerifier, callVerifier } from "../wasm/instance.js";
import type { FunctionName, Value } from "../wasm/verifier.js";

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

/** Calls one function of the verifier. */
export async function askVerifier<Accepted extends Acceptance>(
  name: FunctionName,
  values: readonly Value[],
): Promise<Accepted | Refusal> {
  return JSON.parse(await callVerifier(name, values));
}

/**
 * Verifies an ID token.
 *
 * @param values the token, the JWK Set and the options
 * @param isEs256 whether ES256 is the only allowed algorithm
 */
export async function askAboutIdToken<Accepted extends Acceptance>(
  values: readonly string[],
  isEs256: boolean,
): Promise<Accepted | Refusal> {
  return isEs256 ? JSON.parse(await callIdTokenVerifier(values)) : askVerifier("verify_id_token", values);
}

/** The error of a refusal. */
export function errorOf({ code, message, report }: Refusal, cause?: unknown): HonninError {
  return new HonninError(code, message, { report, cause });
}
