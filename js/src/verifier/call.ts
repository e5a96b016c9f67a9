// The one road into the verifier: options as JSON, and the bytes that they speak of. Where it says what evidence of revocation is
// missing, the caller's function fetches it, and the verifier is asked again.
import { HonninError, type HonninErrorCode } from "../error.js";
import type { Report } from "../report.js";
import { readNow } from "../time.js";
import { callVerifier } from "../wasm/instance.js";
import { type EvidenceRequest, type MissingEvidence, readEvidence, requestOf } from "./evidence.js";
import { addOwn, members, pack, packOptions, toJson } from "./options.js";
import { Parts } from "./parts.js";

/** Evidence can itself be signed with certificates about which evidence is missing; real cases end after two rounds. */
const maxRounds = 4;

/** A refusal as the verifier writes it. */
export interface Refusal {
  readonly ok: false;
  readonly code: HonninErrorCode;
  readonly message: string;
  readonly report: Report;
}

/** What the verifier writes when it has nothing to refuse. */
interface Acceptance {
  readonly ok: true;
}

type Verifier = Parameters<Parameters<typeof callVerifier>[0]>[0];

/** The functions of the module that take options and one buffer. */
type VerifierFunction =
  | "verify_certificate"
  | "verify_signature"
  | "verify_signed_data"
  | "verify_signed_package"
  | "read_signed_package"
  | "choose_evidence"
  | "read_holder"
  | "inspect";

type FetchEvidence = (request: EvidenceRequest) => unknown;

/** The answer to one question. @param inputBytes how much memory the input takes */
export async function askVerifier<Accepted extends Acceptance>(
  question: (verifier: Verifier) => string,
  inputBytes?: number,
): Promise<Accepted | Refusal> {
  return JSON.parse(await callVerifier(question, inputBytes));
}

/** The error of a refusal. */
export function errorOf({ code, message, report }: Refusal, cause?: unknown): HonninError {
  return new HonninError(code, message, { report, cause });
}

/**
 * Asks about one thing that is read and not verified: there is neither a time nor a network to it.
 *
 * @param own what stands outside of the options
 * @throws HonninError of the refusal, or of the options
 */
export async function ask<Accepted extends Acceptance>(
  name: VerifierFunction,
  options: unknown,
  optionsName: string,
  own: object,
): Promise<Accepted> {
  return new Call<Accepted>(name, addOwn(members(options, optionsName), own), false).accepted();
}

/** Options on their way to the verifier. Their bytes were copied when this was made. */
export class Call<Accepted extends Acceptance> {
  readonly #function: VerifierFunction;
  readonly #options: Record<string, unknown>;
  readonly #fetchEvidence: FetchEvidence | undefined;
  readonly parts: Parts;
  /** The buffer that the last answer speaks of. */
  buffer: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** What `revocation.fetchEvidence` threw first. */
  failure: { readonly cause: unknown } | undefined;

  /** @param options what {@link members} gave, with what is not an option of the caller's added
   * @param timed whether the function takes `now` */
  constructor(name: VerifierFunction, options: Record<string, unknown>, timed = true) {
    const { limits, revocation } = options;
    this.#function = name;
    this.parts = new Parts(limits === undefined ? undefined : members(limits, "limits").inputBytes);
    if (timed) options.now = Math.floor(readNow(options.now));
    if (revocation !== undefined) {
      const { fetchEvidence, ...settings } = members(revocation, "revocation");
      if (fetchEvidence !== undefined && typeof fetchEvidence !== "function") {
        throw new HonninError("options-invalid", "revocation.fetchEvidence is not a function.");
      }
      if (settings.ask !== undefined) {
        throw new HonninError("options-invalid", "there is no option named ask");
      }
      this.#fetchEvidence = fetchEvidence as FetchEvidence | undefined;
      options.revocation = fetchEvidence === undefined ? settings : { ...settings, ask: true };
    }
    this.#options = packOptions(options, this.parts);
  }

  /** Adds an option that had to be waited for. */
  set(name: string, value: unknown): void {
    this.#options[name] = value;
  }

  /** What the verifier accepted. @throws HonninError of its refusal */
  async accepted(): Promise<Accepted> {
    const answer = await this.answer();
    if (!answer.ok) throw this.error(answer);
    return answer;
  }

  /** The verifier's answer, once no evidence is missing that could be had. */
  async answer(): Promise<Accepted | Refusal> {
    const asked = new Set<string>();
    for (let round = 1; ; round += 1) {
      const answer = await this.#ask();
      const missing = answer.missing?.filter(({ certificate }) => !asked.has(certificate)) ?? [];
      if (this.#fetchEvidence === undefined || missing.length === 0 || round === maxRounds) return answer;
      for (const { certificate } of missing) asked.add(certificate);
      const found = await Promise.all(missing.map((request) => this.#fetchOne(request)));
      if (!found.includes(true)) return answer;
    }
  }

  async #ask(): Promise<(Accepted | Refusal) & { readonly missing?: readonly MissingEvidence[] }> {
    const text = toJson(this.#options);
    const buffer = this.parts.join();
    this.buffer = buffer;
    return askVerifier<Accepted>((verifier) => verifier[this.#function](text, buffer), buffer.length);
  }

  /** Whether there is new evidence. */
  async #fetchOne(missing: MissingEvidence): Promise<boolean> {
    let given: unknown;
    try {
      given = await this.#fetchEvidence?.(requestOf(missing));
    } catch (cause) {
      this.failure ??= { cause };
      return false;
    }
    const { crls, ocspResponses } = readEvidence(given);
    const added = [this.#addEvidence("crls", crls), this.#addEvidence("ocspResponses", ocspResponses)];
    return added.includes(true);
  }

  #addEvidence(name: "crls" | "ocspResponses", given: unknown): boolean {
    if (given === undefined) return false;
    const revocation = this.#options.revocation as Record<string, unknown>;
    const before = revocation[name];
    const added = list(pack(given, name, this.parts));
    revocation[name] = [...list(before), ...added];
    return added.length > 0;
  }

  /** The error of a refusal, with what fetching failed on. */
  error(refusal: Refusal): HonninError {
    return errorOf(refusal, this.failure?.cause);
  }
}

/** One part or several, as several. A part begins with a number or is an object. */
function list(parts: unknown): unknown[] {
  if (parts === undefined) return [];
  return Array.isArray(parts) && typeof parts[0] !== "number" ? parts : [parts];
}
