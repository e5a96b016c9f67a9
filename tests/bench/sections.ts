// What is measured beside the jobs.
import { measureBytes } from "./bytes.ts";
import { measureCold } from "./cold.ts";
import { measureGrowth } from "./growth.ts";
import { measureMemory } from "./memory.ts";
import { measureNative } from "./native.ts";
import type { Options } from "./options.ts";
import type { Results } from "./results.ts";

type Measure = (options: Options) => Promise<Partial<Results>>;

export const sections: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ["native", async (options) => ({ native: await measureNative(options) })],
  ["cold", async (options) => ({ cold: await measureCold(options) })],
  ["growth", async (options) => ({ growth: await measureGrowth(options) })],
  ["memory", async (options) => ({ memory: await measureMemory(options) })],
  ["bytes", async () => ({ bytes: await measureBytes() })],
]);
