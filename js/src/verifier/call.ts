// Verifying in rounds: the verifier says what evidence of revocation is missing, the caller's function fetches it.
import { fromBase64 } from "../base64.js";
import type { RevocationOptions, RevocationRequest } from "../certificates/revocation.js";
import { HonninError, type HonninErrorCode } from "../error.js";
import type { Report } from "../report.js";
import { callVerifier } from "../wasm/instance.js";
import { members, pack, packOptions, toJson } from "./options.js";
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

interface MissingEvidence {
  readonly missing?: readonly MissingFor[];
}

type MissingFor = Omit<RevocationRequest, "certificate" | "issuerPublicKey" | "ocspRequest"> & {
  readonly certificate: string;
  readonly issuerPublicKey: string;
  readonly ocspRequest: string | null;
};

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

/** Options on their way to the verifier. Their bytes were copied when this was made. */
export class Call<Accepted extends { readonly ok: true }> {
  readonly #function: VerifierFunction;
  readonly #options: Record<string, unknown>;
  readonly #fetch: RevocationOptions["fetch"];
  readonly parts: Parts;
  /** The buffer that the last answer speaks of. */
  buffer: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** What `revocation.fetch` threw first. */
  failure: { readonly cause: unknown } | undefined;

  /** @param options what {@link members} gave, with what is not an option of the caller's added
   * @param timed whether the function takes `now` */
  constructor(name: VerifierFunction, options: Record<string, unknown>, timed = true) {
    const { limits, revocation } = options;
    this.#function = name;
    this.parts = new Parts(limits === undefined ? undefined : members(limits, "limits").inputBytes);
    if (timed) options.now ??= Math.floor(Date.now() / 1000);
    if (revocation !== undefined) {
      const { fetch, ...settings } = members(revocation, "revocation");
      if (fetch !== undefined && typeof fetch !== "function") {
        throw new HonninError("options-invalid", "revocation.fetch is not a function.");
      }
      if (settings.ask !== undefined) {
        throw new HonninError("options-invalid", "there is no option named ask");
      }
      this.#fetch = fetch as RevocationOptions["fetch"];
      options.revocation = fetch === undefined ? settings : { ...settings, ask: true };
    }
    this.#options = packOptions(options, this.parts);
  }

  /** Adds an option that had to be waited for. */
  set(name: string, value: unknown): void {
    this.#options[name] = value;
  }

  /** The verifier's answer, once no evidence is missing that could be had. */
  async answer(): Promise<Accepted | Refusal> {
    const asked = new Set<string>();
    for (let round = 1; ; round += 1) {
      const answer = await this.#ask();
      const missing = answer.missing?.filter(({ certificate }) => !asked.has(certificate)) ?? [];
      if (this.#fetch === undefined || missing.length === 0 || round === maxRounds) return answer;
      for (const { certificate } of missing) asked.add(certificate);
      const found = await Promise.all(missing.map((request) => this.#fetchOne(request)));
      if (!found.includes(true)) return answer;
    }
  }

  async #ask(): Promise<(Accepted | Refusal) & MissingEvidence> {
    const text = toJson(this.#options);
    const buffer = this.parts.join();
    this.buffer = buffer;
    const answer = await callVerifier((verifier) => verifier[this.#function](text, buffer), buffer.length);
    return JSON.parse(answer);
  }

  /** Whether there is new evidence. */
  async #fetchOne(missing: MissingFor): Promise<boolean> {
    const { certificate, issuerPublicKey, ocspRequest, ...rest } = missing;
    let given: unknown;
    try {
      given = await this.#fetch?.({
        ...rest,
        certificate: fromBase64(certificate),
        issuerPublicKey: fromBase64(issuerPublicKey),
        ...(ocspRequest === null ? {} : { ocspRequest: fromBase64(ocspRequest) }),
      });
    } catch (cause) {
      this.failure ??= { cause };
      return false;
    }
    if (given === undefined || given === null) return false;
    const { crls, ocspResponses, ...others } = members(given, "what revocation.fetch gave");
    if (Object.keys(others).length > 0) {
      throw new HonninError(
        "options-invalid",
        "revocation.fetch gives crls and ocspResponses, nothing else.",
      );
    }
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

  /** The error of a refusal. */
  error({ code, message, report }: Refusal): HonninError {
    return new HonninError(code, message, { report, cause: this.failure?.cause });
  }
}

/** One part or several, as several. A part begins with a number or is an object. */
function list(parts: unknown): unknown[] {
  if (parts === undefined) return [];
  return Array.isArray(parts) && typeof parts[0] !== "number" ? parts : [parts];
}
