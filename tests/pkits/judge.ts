// Judging the suite with a given verifier: runs in every runtime, so it imports nothing.
import type { HonninError, verifyCertificate } from "honnin";
import type { Case, Exception, Suite } from "./suite.ts";

export interface Verdict {
  readonly number: string;
  /** `valid` or the code of the refusal. */
  readonly actual: string;
  /** user-constrained-policy-set, sorted. */
  readonly policies?: readonly string[];
  /** The statuses of the report's steps. */
  readonly steps: readonly string[];
}

/** 2011-04-15T00:00:00Z. */
const now = 1_302_825_600;

function oid(policy: string): string {
  if (policy === "anyPolicy") return "2.5.29.32.0";
  return policy.replace(/^NIST-test-policy-/, "2.16.840.1.101.3.2.1.48.");
}

/** Judges every case; with `crowded`, all certificates of the suite are handed over in each. */
export async function judge(
  verify: typeof verifyCertificate,
  suite: Suite,
  crowded = false,
): Promise<Verdict[]> {
  const bytes = (base64 = "") => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const read = (files: Readonly<Record<string, string>>) =>
    new Map(Object.entries(files).map(([name, base64]) => [name, bytes(base64)]));
  const certificates = read(suite.certificates);
  const crls = read(suite.crls);
  const of = (files: typeof crls, names: readonly string[]) =>
    names.map((name) => files.get(name) ?? new Uint8Array());

  const verdicts: Verdict[] = [];
  for (const each of suite.cases) {
    const [anchor, ...rest] = of(certificates, each.path);
    const leaf = rest.pop() ?? anchor;
    if (anchor === undefined || leaf === undefined) throw new Error(`${each.number} has no path`);
    try {
      const { policies, report } = await verify(leaf, {
        anchors: [anchor],
        intermediates: crowded ? [...certificates.values()] : rest,
        policies: (each.initialPolicySet ?? []).map(oid),
        explicitPolicy: each.initialExplicitPolicy ?? false,
        inhibitPolicyMapping: each.initialPolicyMappingInhibit ?? false,
        inhibitAnyPolicy: each.initialInhibitAnyPolicy ?? false,
        revocation: { crls: of(crls, each.crls), require: "path" },
        now,
      });
      const steps = report.steps.map(({ status }) => status);
      verdicts.push({ number: each.number, actual: "valid", policies: [...policies].sort(), steps });
    } catch (error) {
      const refusal = error as HonninError;
      const actual = refusal.name === "HonninError" ? refusal.code : `not a HonninError: ${String(error)}`;
      const steps = (refusal.report?.steps ?? []).map(({ status }) => status);
      verdicts.push({ number: each.number, actual, steps });
    }
  }
  return verdicts;
}

/** The differences between verdicts and suite, one line each; empty when all is right. */
export function differences(verdicts: readonly Verdict[], suite: Suite): string[] {
  const lines: string[] = [];
  const exceptions = new Map(suite.exceptions.map((exception) => [exception.case, exception]));
  for (const [index, each] of suite.cases.entries()) {
    const verdict = verdicts[index];
    const name = `${each.number} ${each.name}`;
    if (verdict?.number !== each.number) {
      lines.push(`${name}: not judged`);
      continue;
    }
    const exception = exceptions.get(each.number);
    exceptions.delete(each.number);
    const wrong = exception ? exceptional(verdict, each, exception) : ordinary(verdict, each);
    if (wrong !== undefined) lines.push(`${name}: ${wrong}`);
    const passed = verdict.actual === "valid";
    const { steps } = verdict;
    const agrees = passed ? steps.every((step) => step === "passed") : steps.at(-1) === "failed";
    if (steps.length === 0 || !agrees) lines.push(`${name}: the report does not agree with the result`);
  }
  for (const name of exceptions.keys()) lines.push(`${name}: an exception for no case`);
  return lines;
}

function exceptional({ actual }: Verdict, { valid }: Case, exception: Exception): string | undefined {
  const named = exception.expected === (valid ? "valid" : "invalid") && exception.reason !== "";
  const agrees = valid === (actual === "valid");
  if (named && !agrees && actual === exception.actual) return undefined;
  return `${actual}, and the list of exceptions says otherwise`;
}

function ordinary({ actual, policies }: Verdict, { valid, ...each }: Case): string | undefined {
  const set = each.userConstrainedPolicySet?.map(oid).sort();
  if (valid) {
    if (actual !== "valid") return `refused, ${actual}`;
    // Where a case does not say, PKITS means NIST-test-policy-1 (the settings of its section 4).
    const expected = (set ?? [oid("NIST-test-policy-1")]).join();
    return policies?.join() === expected ? undefined : `other policies: ${policies?.join()}`;
  }
  if (actual === "valid") return "accepted";
  // Where the suite says that no policy is left, this is why the path is not valid.
  const forPolicies = ["policy-not-acceptable", "policy-mapping-invalid"].includes(actual);
  return set?.length === 0 && !forPolicies ? `refused for another reason, ${actual}` : undefined;
}
