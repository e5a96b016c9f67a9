// How long and from which seed the fuzz tests run: short and always the same, or with HONNIN_LONG long and anew each time.
import { test } from "node:test";
import fc from "fast-check";

const isLong = Boolean(process.env.HONNIN_LONG);
const seed = Number(process.env.HONNIN_SEED || (isLong ? Date.now() % 2 ** 31 : 20_261_128));
const factor = isLong ? 25 : 1;

/**
 * One fuzz test.
 *
 * @param runs inputs in the short version
 * @param enough called at the end: that the inputs were of every kind
 */
export function fuzz<Input>(
  title: string,
  runs: number,
  inputs: fc.Arbitrary<Input>,
  judge: (input: Input) => void | Promise<void>,
  enough: () => void = () => undefined,
): void {
  test(title, async (t) => {
    t.diagnostic(`seed ${seed}, ${runs * factor} inputs; HONNIN_SEED=${seed} repeats them`);
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => judge(input)),
      { seed, numRuns: runs * factor, includeErrorInReport: true },
    );
    enough();
  });
}
