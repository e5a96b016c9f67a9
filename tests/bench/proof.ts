// Before a variant is timed, it proves that it does the job.
import type { Inputs, Verify } from "./job.ts";

async function accepts<Input>(verify: Verify<Input>, input: Input): Promise<string | true> {
  try {
    return (await verify(input)) === true ? true : "refused";
  } catch (error) {
    return messageOf(error);
  }
}

/** Not every library throws errors. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === "string" ? message : String(error);
}

/** Why the variant must not be timed; `undefined` if it accepts what is good and refuses what is not. */
export async function objection<Input>(
  verify: Verify<Input>,
  { good, bad }: Inputs<Input>,
): Promise<string | undefined> {
  for (const input of good) {
    const answer = await accepts(verify, input);
    if (answer !== true) return `refuses the valid input: ${answer}`;
  }
  for (const input of bad) if ((await accepts(verify, input)) === true) return "accepts a flipped bit";
  return undefined;
}
