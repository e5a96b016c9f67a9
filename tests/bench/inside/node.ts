// One job in a process of its own: `node node.mjs <job> <fixture.json> <plan>`, in the folder of the modules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JobName } from "../job.ts";
import { run } from "./run.ts";

const [job, fixture = "", plan = ""] = process.argv.slice(2);
const compile = (name: string) => new WebAssembly.Module(readFileSync(join(process.cwd(), name)));
const tools = {
  reference: { idToken: compile("reference-id-token.wasm"), whole: compile("reference-honnin.wasm") },
  x509Cert: compile("x509-cert.wasm"),
};
const rows = await run(job as JobName, JSON.parse(readFileSync(fixture, "utf8")), tools, JSON.parse(plan));
process.stdout.write(JSON.stringify(rows));
