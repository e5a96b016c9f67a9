// Reads what the verifier writes. Separate from `call.ts`, which ID tokens do not need.
import { HonninError, type HonninErrorCode } from "../error.js";
import type { Report } from "../report.js";
import { callIdTokenVerifier, callVerifier } from "../wasm/instance.js";
import type { FunctionName, Value } from "../wasm/verifier.js";

export { startIdTokenVerifier } from "../wasm/instance.js";

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

function decode(bytes: Uint8Array): string {
  // Made when it is needed: where the platform lacks it, as in jsdom, an import must not fail.
  decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(bytes);
}

/** What stands before the steps of a report, and nowhere else behind it: other line ends are escaped. */
const lineFeed = 0x0a;

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

/** A result that ends with a report. The report is the larger part, and many callers do not look at it. */
export interface Reported extends Acceptance {
  readonly readReport: () => Report;
}

/** The result of a verified ID token. */
export interface TokenAcceptance extends Reported {
  readonly header: unknown;
  readonly claims: unknown;
}

/** Reads all but the report of a text that ends with one. */
export function readReported<Accepted extends Reported>(answer: Uint8Array): Accepted | Refusal {
  const line = answer.lastIndexOf(lineFeed);
  if (line < 0)
    throw new HonninError("internal-error", "The WebAssembly module is that of another version of honnin.");
  const most = JSON.parse(`${decode(answer.subarray(0, line))}}}`);
  const readReport = () => JSON.parse(`{${decode(answer.subarray(line, -1))}`);
  return most.ok ? { ...most, readReport } : { ...most, report: readReport() };
}

/**
 * Verifies an ID token.
 *
 * @param values the token, the JWK Set and the options
 * @param isEs256 whether ES256 is the only allowed algorithm
 */
export async function askAboutIdToken(
  values: readonly string[],
  isEs256: boolean,
): Promise<TokenAcceptance | Refusal> {
  return readReported(
    await (isEs256 ? callIdTokenVerifier(values) : callVerifier("verify_id_token", values)),
  );
}

/** The error of a refusal. */
export function errorOf({ code, message, report }: Refusal, cause?: unknown): HonninError {
  return new HonninError(code, message, { report, cause });
}
