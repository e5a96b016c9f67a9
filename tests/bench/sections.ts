// What is measured beside the jobs.
import { measureBytes } from "./bytes.ts";
import type { Options } from "./options.ts";
import type { Results } from "./results.ts";

type Measure = (options: Options) => Promise<Partial<Results>>;

export const sections: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ["bytes", async () => ({ bytes: await measureBytes() })],
]);
