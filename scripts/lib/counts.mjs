// How many tests passed, failed and were skipped, by what the test runners say.

/**
 * The counts in the closing lines of cargo's and of node's test runner, and of the comparison with OpenSSL. A suite of
 * others that is absent, or a part of it that is left out, says how many cases that are: `SKIPPED 249 cases: …`. Cargo
 * knows no skipping, so that a test whose vectors are absent has passed for it; it did not.
 */
export function count(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of output.matchAll(
    /^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm,
  )) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  for (const [, name, number] of output.matchAll(/^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$/gm)) {
    if (name === "pass") counts.passed += Number(number);
    else if (name === "fail" || name === "cancelled") counts.failed += Number(number);
    else counts.skipped += Number(number);
  }
  for (const [, number, why] of output.matchAll(/SKIPPED (\d+) cases: (.*)$/gm)) {
    counts.skipped += Number(number);
    if (why.startsWith("there are no vectors") && /^test result:/m.test(output)) counts.passed -= 1;
  }
  const compared = /^(\d+) cases, seed/m.exec(output);
  const wrong = /^(\d+) unexplained disagreements, (\d+) panics$/m.exec(output);
  if (compared && wrong) {
    counts.failed += Number(wrong[1]) + Number(wrong[2]);
    counts.passed += Number(compared[1]) - counts.failed;
  }
  return counts;
}
