// npm run checked-libraries: checks every site of the catalogue, and writes what was found and the pages about it.
import { writeFileSync } from "node:fs";
import { loginRows } from "../src/index.js";
import { pageFile, pageOf } from "./checked-libraries-page.js";
import { catalogue, type Recorded, readRecorded, recordedFile } from "./sites/catalogue.js";
import { setUp } from "./sites/support.js";

/** Longer than the 30 seconds that openid-client waits. */
const requestSeconds = 40;

async function checkAll(): Promise<Recorded> {
  const entries: Recorded["entries"][number][] = [];
  for (const { id, make, version, needs } of catalogue) {
    if (needs !== undefined && process.env[needs] === undefined) throw new Error(`${id} needs ${needs}.`);
    process.stdout.write(`${id} … `);
    const bench = await setUp(make);
    try {
      const { rows, problem } = await bench.check({ requestSeconds, only: loginRows.map((row) => row.id) });
      if (problem !== undefined) throw problem;
      const verdicts = Object.fromEntries(rows.map(({ row, verdict }) => [row.id, verdict]));
      entries.push({ id, version: await version(), verdicts });
      process.stdout.write(`${Object.values(verdicts).filter((one) => one === "refused").length} refused\n`);
    } finally {
      await bench.close();
    }
  }
  const recorded = { date: new Date().toISOString().slice(0, 10), requestSeconds, entries };
  writeFileSync(recordedFile, `${JSON.stringify(recorded, null, 2)}\n`);
  return recorded;
}

// With --pages, only the pages are written again.
const recorded = process.argv.includes("--pages") ? await readRecorded() : await checkAll();
for (const language of ["ja", "en"] as const) writeFileSync(pageFile(language), pageOf(recorded, language));
