// A job that was prepared and proved in this environment, ready to be timed.
import type { Inputs, Job, Row, Tools, Verify } from "../job.ts";
import { messageOf, objection } from "../proof.ts";

export interface Prepared {
  /** The variants that can be timed. */
  readonly names: readonly string[];
  /** The others. */
  readonly refused: readonly Row[];
  /** Verifies so many of the good inputs, in turn. */
  repeat(name: string, iterations: number): Promise<void>;
}

export async function prepare(job: Job, fixture: unknown, tools: Tools): Promise<Prepared> {
  const inputs = job.inputs(fixture);
  const ready = new Map<string, Verify<unknown>>();
  const refused: Row[] = [];
  for (const variant of job.variants) {
    const reason = await prove(variant.name, () => variant.prepare(fixture, tools), inputs, ready);
    if (reason === undefined) continue;
    // Without honnin there is nothing to compare with.
    if (variant.name === "honnin") throw new Error(`${job.name}: honnin ${reason}`);
    refused.push({ name: variant.name, reason });
  }
  for (const [name, reason] of Object.entries(job.cannot)) refused.push({ name, reason });

  const next = new Map<string, number>();
  return {
    names: [...ready.keys()],
    refused,
    async repeat(name, iterations) {
      const verify = ready.get(name) as Verify<unknown>;
      let at = next.get(name) ?? 0;
      for (let done = 0; done < iterations; done++) {
        const answer = verify(inputs.good[at]);
        // What answers at once need not wait for its turn.
        if (answer !== true && (await answer) !== true) throw new Error(`${name} refused a valid input`);
        at = (at + 1) % inputs.good.length;
      }
      next.set(name, at);
    },
  };
}

async function prove(
  name: string,
  make: () => Verify<unknown> | Promise<Verify<unknown>>,
  inputs: Inputs<unknown>,
  ready: Map<string, Verify<unknown>>,
): Promise<string | undefined> {
  try {
    const verify = await make();
    const reason = await objection(verify, inputs);
    if (reason === undefined) ready.set(name, verify);
    return reason;
  } catch (error) {
    return messageOf(error);
  }
}
