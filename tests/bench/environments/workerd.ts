// A process of workerd for each job. The clock is here: inside, it stands still during a request.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { bundle } from "../bundle.ts";
import { cache, dist } from "../folders.ts";
import type { Row } from "../job.ts";
import { rounds } from "../rounds.ts";
import { quantile } from "../statistics.ts";
import type { Environment } from "./environment.ts";

/** Milliseconds of a round: long beside what a request costs. */
const least = 100;

export const wasm = (path: string, file: string) => ({
  type: "CompiledWasm" as const,
  path,
  contents: new Uint8Array(readFileSync(file)),
});

/** The modules of honnin where a bundle for edge workers looks for them. */
export const own = ["honnin", "id-token"].map((name) =>
  wasm(`/worker/wasm/${name}.wasm`, join(dist, `${name}.wasm`)),
);

export async function openWorkerd(): Promise<Environment> {
  const script = await bundle({ file: "inside/worker.ts" }, "workerd");
  return {
    name: "workerd",
    version: createRequire(createRequire(import.meta.url).resolve("miniflare"))("workerd/package.json")
      .version,
    async run(job, fixture, plan) {
      const modules = ["reference-honnin", "reference-id-token", "x509-cert"].map((name) =>
        wasm(`/worker/bench/${name}.wasm`, join(cache, `${name}.wasm`)),
      );
      const contents = readFileSync(join(cache, fixture), "utf8");
      const miniflare = new Miniflare({
        compatibilityDate: "2026-04-01",
        modulesRoot: "/",
        modules: [
          { type: "ESModule", path: "/worker/bench/index.js", contents: script },
          ...[...modules, ...own],
          { type: "Text", path: "/worker/bench/fixture.txt", contents },
        ],
      });
      try {
        const url = await miniflare.ready;
        const ask = async (more: Record<string, string>): Promise<Response> => {
          const response = await fetch(new URL(`?${new URLSearchParams({ job, ...more })}`, url));
          if (!response.ok) throw new Error(await response.text());
          return response;
        };
        const { names, refused } = (await (await ask({})).json()) as { names: string[]; refused: Row[] };
        const time = async (variant: string, iterations: number) => {
          const start = performance.now();
          await (await ask({ variant, iterations: String(iterations) })).text();
          return performance.now() - start;
        };
        const timed = async (variant: string, iterations: number) => {
          const empty = [await time(variant, 0), await time(variant, 0), await time(variant, 0)];
          return Math.max(1e-3, (await time(variant, iterations)) - quantile(empty, 0.5));
        };
        const samples = await rounds(names, timed, { ...plan, least: Math.max(least, plan.least) });
        return [...[...samples].map(([name, samples]) => ({ name, samples })), ...refused];
      } finally {
        await miniflare.dispose();
      }
    },
    close: async () => {},
  };
}
