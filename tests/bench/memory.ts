// The peak of memory of one operation in a fresh process or page, beyond what holds its inputs. Linux only.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { watchRenderers } from "../support/renderer-memory.ts";
import { bundle } from "./bundle.ts";
import { launch, missing } from "./environments/chromium.ts";
import { servePages } from "./environments/page-server.ts";
import { cardFixture, crlFixture } from "./fixtures/card.ts";
import { save } from "./fixtures/index.ts";
import { tokenFixture } from "./fixtures/tokens.ts";
import { cache } from "./folders.ts";
import type { JobName } from "./job.ts";
import type { Options } from "./options.ts";
import { progress } from "./progress.ts";
import type { MemoryRow } from "./results.ts";
import { quantile } from "./statistics.ts";

interface Question {
  readonly job: JobName;
  readonly names: readonly string[];
  readonly fixture: string;
  readonly input?: number;
}

interface Sample {
  readonly bytes: number;
  readonly linear?: number | undefined;
}

async function questions(): Promise<Question[]> {
  const list = await crlFixture(1_000_000);
  return [
    { job: "id-token", names: ["honnin", "jose, imported key"], fixture: save("id-token", tokenFixture()) },
    { job: "chain", names: ["honnin", "pkijs"], fixture: save("chain", await cardFixture()) },
    {
      job: "crl-million",
      names: ["honnin", "x509-cert, reference arithmetic"],
      fixture: save("crl-million", list),
      input: Buffer.from(list.crl, "base64").length,
    },
  ];
}

export async function measureMemory({ quick }: Options): Promise<MemoryRow[]> {
  if (process.platform !== "linux") return [];
  const all = await questions();
  const times = quick ? 1 : 5;
  return [...(await inNode(all, times)), ...(missing ? [] : await inChromium(all, times))];
}

async function inNode(all: readonly Question[], times: number): Promise<MemoryRow[]> {
  writeFileSync(join(cache, "node-memory.mjs"), await bundle({ file: "inside/node-memory.ts" }, "node"));
  return collect("Node", all, times, async (job, fixture, name) => {
    const args = ["--expose-gc", "node-memory.mjs", job, fixture, name];
    return JSON.parse(execFileSync(process.execPath, args, { cwd: cache, encoding: "utf8" })) as Sample;
  });
}

async function inChromium(all: readonly Question[], times: number): Promise<MemoryRow[]> {
  const script = await bundle({ file: "inside/browser-memory.ts" }, "browser");
  writeFileSync(join(cache, "browser-memory.js"), script);
  const server = await servePages();
  try {
    return await collect("Chromium", all, times, async (job, fixture, name) => {
      // A browser of its own, so that no other renderer holds more.
      const browser = await launch();
      try {
        const page = await browser.newPage();
        await page.goto(server.origin);
        const url = `${server.origin}/bench/browser-memory.js`;
        await page.evaluate(
          async ([url, job, fixture, name]) => (await import(url)).ready(job, fixture, name),
          [url, job, fixture, name] as const,
        );
        const session = await page.context().newCDPSession(page);
        await session.send("HeapProfiler.collectGarbage");
        const before = await (await watchRenderers(browser)).stop();
        const watch = await watchRenderers(browser, 10);
        const linear: number | undefined = await page.evaluate(
          async (url) => (await import(url)).once(),
          url,
        );
        return { bytes: Math.max(0, (await watch.stop()) - before), linear };
      } finally {
        await browser.close();
      }
    });
  } finally {
    await server.close();
  }
}

async function collect(
  environment: MemoryRow["environment"],
  all: readonly Question[],
  times: number,
  measure: (job: JobName, fixture: string, name: string) => Promise<Sample>,
): Promise<MemoryRow[]> {
  const rows: MemoryRow[] = [];
  for (const { job, names, fixture, input } of all) {
    for (const name of names) {
      const samples: Sample[] = [];
      await progress(`${job} of ${name} in ${environment}`, async () => {
        for (let time = 0; time < times; time++) samples.push(await measure(job, fixture, name));
      });
      rows.push({
        environment,
        job,
        name,
        bytes: quantile(
          samples.map((sample) => sample.bytes),
          0.5,
        ),
        linear: samples.at(-1)?.linear,
        ...(input !== undefined && { input }),
      });
    }
  }
  return rows;
}
