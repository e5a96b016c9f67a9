// Calls with options as JSON, and the bytes that they refer to. If the verifier reports missing revocation
// evidence, the caller's function fetches it, and the verifier is called again.
import { HonninError } from "../error.js";
import { readNow } from "../time.js";
import { callVerifier } from "../wasm/instance.js";
import type { FunctionName } from "../wasm/verifier.js";
import { type Acceptance, errorOf, type Refusal, readAnswer } from "./ask.js";
import { digestsOfCrls } from "./crl-digests.js";
import { type EvidenceRequest, type MissingEvidence, readEvidence, requestOf } from "./evidence.js";
import { members, toJson } from "./options.js";
import { addOwn, pack, packOptions } from "./pack-options.js";
import { Parts } from "./parts.js";
import { type Reported, readReported } from "./reported.js";

/** Evidence can be signed with certificates that need evidence themselves. Real cases end after two rounds. */
const maxRounds = 4;

/** The functions of the module with options and one buffer as parameters. */
type VerifierFunction = Exclude<FunctionName, "verify_id_token">;

/** The functions whose results end with a report: its text is read when somebody looks at it. */
const reporting: ReadonlySet<string> = new Set<VerifierFunction>(["verify_certificate", "verify_signature"]);

type FetchEvidence = (request: EvidenceRequest) => unknown;

/**
 * Calls a function that parses and does not verify: it needs neither a time nor a network.
 *
 * @param own parameters that are not options
 * @throws HonninError for the refusal, or for the options
 */
export async function ask<Accepted extends Acceptance>(
  name: VerifierFunction,
  options: unknown,
  optionsName: string,
  own: object,
): Promise<Accepted> {
  return new Call<Accepted>(name, addOwn(members(options, optionsName), own), false).accepted();
}

/** A call of the verifier. The constructor copies all bytes of the options. */
export class Call<Accepted extends Acceptance> {
  readonly #function: VerifierFunction;
  readonly #options: Record<string, unknown>;
  readonly #fetchEvidence: FetchEvidence | undefined;
  readonly parts: Parts;
  /** The CRLs for which digests were computed, if they are long enough. */
  readonly #hashed = new Set<unknown>();
  /** What `revocation.fetchEvidence` threw first. */
  failure: { readonly cause: unknown } | undefined;

  /**
   * @param options the result of {@link members}, with parameters that are not options added
   * @param timed whether the function takes `now`
   */
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
      for (const name of ["ask", "digests"]) {
        if (settings[name] !== undefined)
          throw new HonninError("options-invalid", `There is no option named ${name}.`);
      }
      this.#fetchEvidence = fetchEvidence as FetchEvidence | undefined;
      options.revocation = fetchEvidence === undefined ? settings : { ...settings, ask: true };
    }
    this.#options = packOptions(options, this.parts);
  }

  /** Adds an option that was computed asynchronously. */
  set(name: string, value: unknown): void {
    this.#options[name] = value;
  }

  /** The positive result of the verifier, after which the parts are gone. @throws HonninError for its refusal */
  async accepted(): Promise<Accepted> {
    const answer = await this.answer();
    this.parts.release();
    if (!answer.ok) throw this.error(answer);
    return answer;
  }

  /** The result of the verifier, after all available evidence was fetched. */
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
    await this.#addDigests();
    const { room, all, length } = this.parts;
    const options = toJson(this.#options);
    const answer =
      room === undefined
        ? await callVerifier(this.#function, [options, all])
        : room.call(this.#function, options, length);
    return reporting.has(this.#function)
      ? readReported<Accepted & Reported>(answer)
      : readAnswer<Accepted>(answer);
  }

  async #addDigests(): Promise<void> {
    const revocation = this.#options.revocation as Record<string, unknown> | undefined;
    const fresh = list(revocation?.crls).filter((crl) => !this.#hashed.has(crl));
    for (const crl of fresh) this.#hashed.add(crl);
    const digests = await digestsOfCrls(fresh, this.parts);
    if (revocation !== undefined && digests.length > 0)
      revocation.digests = [...list(revocation.digests), ...digests];
  }

  /** @returns whether there is new evidence */
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

  /** The error for a refusal, with the error of fetching as its cause. */
  error(refusal: Refusal): HonninError {
    return errorOf(refusal, this.failure?.cause);
  }
}

/** Converts one part or several to an array. A part starts with a number, or is an object. */
function list(parts: unknown): unknown[] {
  if (parts === undefined) return [];
  return Array.isArray(parts) && typeof parts[0] !== "number" ? parts : [parts];
}
