// The numbers of passed, failed and skipped tests, from the output of the test runners.

/**
 * The counts in the last lines of the test runners of cargo and Node, and of the comparisons with OpenSSL. If a test suite of
 * another project is missing, or a part of it is left out, the output has the number of cases: `SKIPPED 249 cases: …`. Cargo
 * cannot skip tests, so it counts a test without its vectors as passed; it is counted as skipped here.
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
  for (const [, cases, different] of output.matchAll(
    /^\w+: seed \d+, (\d+) cases, .*: (\d+) different in/gm,
  )) {
    counts.failed += Number(different);
    counts.passed += Number(cases) - Number(different);
  }
  return counts;
}
