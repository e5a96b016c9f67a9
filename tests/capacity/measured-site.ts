// A site in a process of its own, and what it used for some work.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startProgram } from "../support/program.ts";
import { LoopbackWire } from "../support/wire.ts";
import type { Usage } from "./sites/serve.ts";

export interface MeasuredSite {
  readonly wire: LoopbackWire;
  /** @param collected whether garbage is collected before */
  usage(collected?: boolean): Promise<Usage>;
  close(): Promise<void>;
}

/** @param name of a file in `sites/` */
export async function startSite(
  name: string,
  origin: string,
  args: readonly string[],
): Promise<MeasuredSite> {
  const file = fileURLToPath(new URL(`./sites/${name}.ts`, import.meta.url));
  const { line, kill } = await startProgram(file, args, ["--expose-gc"]);
  const wire = new LoopbackWire(origin, () => Number(line));
  return {
    wire,
    async usage(collected = false) {
      const url = new URL(`/usage${collected ? "?collected" : ""}`, origin);
      return JSON.parse((await wire.send(url, { headers: {} })).text) as Usage;
    },
    async close() {
      wire.close();
      await kill();
    },
  };
}

/** Ticks of the kernel's clock, of which Linux has 100 in a second on every machine that Node runs on. */
const TICK = 10_000;

/** Microseconds of CPU of any process, as Linux counts them. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
