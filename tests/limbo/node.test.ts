// C2SP x509-limbo through the npm package: every case but the four about the names of hosts. `crate/tests/suites/limbo.rs` runs the
// same natively, and shares the list of exceptions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type HonninError, type KeyUsage, verifyCertificate } from "honnin";
import { root } from "../support/paths.ts";
import { vectors } from "../support/vectors.ts";

interface Case {
  readonly id: string;
  readonly expected_result: "SUCCESS" | "FAILURE";
  readonly validation_kind: "SERVER" | "CLIENT";
  readonly validation_time: string | null;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly crls: readonly string[];
  readonly key_usage: readonly string[];
  readonly extended_key_usage: readonly ("serverAuth" | "clientAuth")[];
  readonly max_chain_depth: number | null;
}

interface Exception {
  readonly case: string;
  readonly expected: "valid" | "invalid";
  readonly actual: string;
  readonly reason: string;
}

const { folder, skip } = vectors("limbo");
const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const purposes = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

async function judge(each: Case): Promise<string> {
  const [asked = each.validation_kind === "SERVER" ? "serverAuth" : "clientAuth"] = each.extended_key_usage;
  const time = each.validation_time === null ? Date.now() : Date.parse(each.validation_time);
  try {
    const { report } = await verifyCertificate(each.peer_certificate, {
      anchors: each.trusted_certs,
      intermediates: each.untrusted_intermediates,
      purpose: purposes[asked],
      ...(each.key_usage.length > 0 && { keyUsage: each.key_usage as KeyUsage[] }),
      ...(each.max_chain_depth !== null && { limits: { pathLength: each.max_chain_depth + 1 } }),
      ...(each.crls.length > 0 && { revocation: { crls: each.crls, require: "certificate" } }),
      now: Math.floor(time / 1000),
    });
    assert.ok(!report.steps.some(({ status }) => status === "failed"));
    return "valid";
  } catch (error) {
    const { name, code, report } = error as HonninError;
    assert.equal(name, "HonninError", String(error));
    assert.equal(report?.steps.at(-1)?.status, "failed", each.id);
    return code;
  }
}

test("Node judges x509-limbo as it says, but for what is excepted", { skip }, async () => {
  const { testcases: cases } = json(join(folder, "limbo.json")) as { testcases: readonly Case[] };
  assert.equal(cases.length, 138);
  const exceptions = new Map(
    (json(join(root, "crate/tests/suites/limbo-exceptions.json")) as Exception[]).map((each) => [
      each.case,
      each,
    ]),
  );
  const wrong: string[] = [];
  let leftOut = 0;
  for (const each of cases) {
    if (each.id.includes("::san::")) {
      leftOut += 1;
      continue;
    }
    const expected = each.expected_result === "SUCCESS" ? "valid" : "invalid";
    const actual = await judge(each);
    const agrees = (expected === "valid") === (actual === "valid");
    const exception = exceptions.get(each.id);
    exceptions.delete(each.id);
    const excepted = exception?.expected === expected && exception.actual === actual;
    if (exception === undefined ? !agrees : agrees || !excepted) wrong.push(`${each.id}: ${actual}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual([...exceptions.keys()], []);
  assert.equal(leftOut, 4);
  process.stderr.write(`SKIPPED ${leftOut} cases: cases of x509-limbo about the names of hosts\n`);
});
