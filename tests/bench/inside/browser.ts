// One job in a page of its own: the driver calls `runHere`.
import type { JobName, Row } from "../job.ts";
import type { Plan } from "../rounds.ts";
import { run } from "./run.ts";

const compile = (name: string) => WebAssembly.compileStreaming(fetch(new URL(name, import.meta.url)));

export async function runHere(job: JobName, fixture: string, plan: Plan): Promise<Row[]> {
  const tools = {
    reference: {
      idToken: await compile("reference-id-token.wasm"),
      whole: await compile("reference-honnin.wasm"),
    },
    x509Cert: await compile("x509-cert.wasm"),
  };
  const inputs = await (await fetch(new URL(fixture, import.meta.url))).json();
  return run(job, inputs, tools, plan);
}
