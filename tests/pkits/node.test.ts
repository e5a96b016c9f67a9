import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyCertificate } from "honnin";
import { differences, judge, type Verdict } from "./judge.ts";
import { loadSuite, skipPkits } from "./suite.ts";

test("Node judges all 249 cases of PKITS as it says", { skip: skipPkits }, async () => {
  const suite = loadSuite();
  assert.equal(suite.cases.length, 249);
  assert.deepEqual(differences(await judge(verifyCertificate, suite), suite), []);
});

test("and so it does among all certificates of the suite", { skip: skipPkits }, async () => {
  const suite = loadSuite();
  assert.deepEqual(differences(await judge(verifyCertificate, suite, true), suite), []);
});

test("only cases that need DSA are excepted", { skip: skipPkits }, () => {
  const { exceptions } = loadSuite();
  assert.deepEqual(
    exceptions.map((exception) => [exception.case, exception.actual]),
    [
      ["4.1.4", "algorithm-unsupported"],
      ["4.1.5", "algorithm-unsupported"],
    ],
  );
});

test("the comparison notices whatever is wrong", () => {
  const each = { name: "x", path: [], crls: [] };
  const suite = {
    cases: [
      { ...each, number: "1", valid: true },
      { ...each, number: "2", valid: false },
      { ...each, number: "3", valid: true, userConstrainedPolicySet: ["NIST-test-policy-2"] },
      { ...each, number: "4", valid: false, userConstrainedPolicySet: [] },
      { ...each, number: "5", valid: true },
      { ...each, number: "6", valid: true },
    ],
    certificates: {},
    crls: {},
    exceptions: [
      { case: "5", expected: "valid" as const, actual: "algorithm-unsupported", reason: "DSA" },
      { case: "9", expected: "valid" as const, actual: "algorithm-unsupported", reason: "DSA" },
    ],
  };
  const policies = ["2.16.840.1.101.3.2.1.48.1"];
  const verdicts: Verdict[] = [
    { number: "1", actual: "crl-expired", steps: ["failed"] },
    { number: "2", actual: "valid", policies, steps: ["passed", "skipped"] },
    { number: "3", actual: "valid", policies, steps: ["passed"] },
    { number: "4", actual: "crl-expired", steps: ["failed"] },
    { number: "5", actual: "valid", policies, steps: ["passed"] },
  ];
  assert.deepEqual(differences(verdicts, suite), [
    "1 x: refused, crl-expired",
    "2 x: accepted",
    "2 x: the report does not agree with the result",
    "3 x: other policies: 2.16.840.1.101.3.2.1.48.1",
    "4 x: refused for another reason, crl-expired",
    "5 x: valid, and the list of exceptions says otherwise",
    "6 x: not judged",
    "9: an exception for no case",
  ]);
});
