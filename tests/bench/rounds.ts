// Interleaved rounds: what disturbs the machine for a while disturbs all variants alike.
import { seeded, shuffled } from "./statistics.ts";

export interface Plan {
  readonly rounds: number;
  /** Milliseconds that a variant takes at least in each round. */
  readonly least: number;
  readonly seed: number;
  /** Milliseconds for which a variant runs before it is timed: engines compile what runs often, while it runs. */
  readonly warmUp: number;
  /** The variants. Default: all. */
  readonly only?: readonly string[];
}

/** Does so many operations of a variant, and returns the milliseconds that they took. */
export type Timed = (name: string, iterations: number) => Promise<number>;

/** The microseconds of one operation of each variant, one number a round. */
export async function rounds(
  names: readonly string[],
  timed: Timed,
  { rounds, least, seed, warmUp }: Plan,
): Promise<Map<string, number[]>> {
  const iterations = new Map<string, number>();
  for (const name of names) iterations.set(name, await enough(name, timed, least, warmUp));
  return interleaved(names, { rounds, seed }, async (name) => {
    const count = iterations.get(name) ?? 1;
    return ((await timed(name, count)) / count) * 1000;
  });
}

/** Measures each variant once a round, in another order each time. */
export async function interleaved(
  names: readonly string[],
  { rounds, seed }: Pick<Plan, "rounds" | "seed">,
  measure: (name: string) => Promise<number>,
): Promise<Map<string, number[]>> {
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  const random = seeded(seed);
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names, random)) samples.get(name)?.push(await measure(name));
  }
  return samples;
}

/** How many operations take that long. */
async function enough(name: string, timed: Timed, least: number, warmUp: number): Promise<number> {
  let [count, took, spent] = [1, await timed(name, 1), 0];
  while (took < least || spent < warmUp) {
    spent += took;
    if (took < least)
      count = Math.ceil(count * Math.min(8, Math.max(1.3, (1.1 * least) / Math.max(took, 1e-3))));
    took = await timed(name, count);
  }
  return Math.max(1, Math.ceil((count * least) / took));
}
