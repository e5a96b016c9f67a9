// The peak of one operation in a process of its own: `node --expose-gc node-memory.mjs <job> <fixture.json> <variant>`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JobName } from "../job.ts";
import { jobs } from "../jobs/index.ts";
import { watchLinearMemory } from "./linear-memory.ts";

/** The most that the process ever held, as the kernel counts it (Linux). */
const peak = () => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024;

const [name, fixture = "", variant] = process.argv.slice(2);
const job = jobs.get(name as JobName);
const chosen = job?.variants.find((one) => one.name === variant);
if (job === undefined || chosen === undefined) throw new Error(`no ${variant} of ${name}`);

const compile = (name: string) => new WebAssembly.Module(readFileSync(join(process.cwd(), name)));
const tools = {
  reference: { idToken: compile("reference-id-token.wasm"), whole: compile("reference-honnin.wasm") },
  x509Cert: compile("x509-cert.wasm"),
};
let text: string | undefined = readFileSync(fixture, "utf8");
const parsed = JSON.parse(text);
text = undefined;
const { good } = job.inputs(parsed);
// What was needed to read the inputs is not part of the operation.
globalThis.gc?.();
globalThis.gc?.();
writeFileSync("/proc/self/clear_refs", "5");
const linear = watchLinearMemory();
const before = peak();
const verify = await chosen.prepare(parsed, tools);
if ((await verify(good[0])) !== true) throw new Error(`${variant} refused a valid input`);
process.stdout.write(JSON.stringify({ bytes: peak() - before, linear: linear() }));
