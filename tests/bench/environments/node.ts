// A process for each job.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../bundle.ts";
import { cache } from "../folders.ts";
import type { Environment } from "./environment.ts";

export async function openNode(): Promise<Environment> {
  writeFileSync(join(cache, "node.mjs"), await bundle({ file: "inside/node.ts" }, "node"));
  return {
    name: "Node",
    version: process.versions.node,
    async run(job, fixture, plan) {
      const args = ["node.mjs", job, fixture, JSON.stringify(plan)];
      const { stdout } = await promisify(execFile)(process.execPath, args, {
        cwd: cache,
        maxBuffer: 1 << 26,
      });
      return JSON.parse(stdout);
    },
    close: async () => {},
  };
}
