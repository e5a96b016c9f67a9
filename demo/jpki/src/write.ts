// tsx src/write.ts <directory> [--now=2026-11-20T03:00:00Z] [--seed=text] [--crl-entries=1000000]
// Writes the cases for tests in other languages. Without options it writes the same bytes every time.
import { parseArgs } from "node:util";
import { writeFixtures } from "./fixtures/write.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    now: { type: "string", default: "2026-11-20T03:00:00Z" },
    seed: { type: "string", default: "honnin" },
    "crl-entries": { type: "string", default: "0" },
  },
});
const [directory] = positionals;
const now = new Date(values.now);
const crlEntries = Number(values["crl-entries"]);
if (
  directory === undefined ||
  Number.isNaN(now.getTime()) ||
  !Number.isInteger(crlEntries) ||
  crlEntries < 0
) {
  process.stderr.write("usage: write <directory> [--now=<time>] [--seed=<text>] [--crl-entries=<number>]\n");
  process.exitCode = 2;
} else {
  const { cases } = await writeFixtures(directory, { now, seed: values.seed, crlEntries });
  process.stdout.write(`${cases.length} cases in ${directory}\n`);
}
