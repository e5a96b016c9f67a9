// One operation in a page of its own, in two steps: what `ready` holds does not count.
import type { JobName } from "../job.ts";
import { jobs } from "../jobs/index.ts";
import { watchLinearMemory } from "./linear-memory.ts";

let operation: (() => Promise<void>) | undefined;
const linear = watchLinearMemory();

const compile = (name: string) => WebAssembly.compileStreaming(fetch(new URL(name, import.meta.url)));

export async function ready(name: JobName, fixture: string, variant: string): Promise<void> {
  const job = jobs.get(name);
  const chosen = job?.variants.find((one) => one.name === variant);
  if (job === undefined || chosen === undefined) throw new Error(`no ${variant} of ${name}`);
  const [idToken, whole, x509Cert] = await Promise.all(
    ["reference-id-token.wasm", "reference-honnin.wasm", "x509-cert.wasm"].map(compile),
  );
  const tools = { reference: { idToken, whole }, x509Cert } as Parameters<typeof chosen.prepare>[1];
  const inputs = await (await fetch(new URL(fixture, import.meta.url))).json();
  const { good } = job.inputs(inputs);
  operation = async () => {
    const verify = await chosen.prepare(inputs, tools);
    if ((await verify(good[0])) !== true) throw new Error(`${variant} refused a valid input`);
  };
}

/** @returns the bytes of the largest linear memory */
export async function once(): Promise<number | undefined> {
  await operation?.();
  return linear();
}
