import type { Leaving } from "../login/leave.js";
import { authorize } from "./authorize.js";
import { type Concluded, type Concluding, conclude } from "./conclude.js";
import { type Obtaining, obtainResult } from "./obtain-result.js";
import type { Pursuit } from "./pursuit.js";

/** What is needed to continue a signature from any stage. */
export interface WayOn extends Leaving, Obtaining, Concluding {}

/** Continues a signature from its current stage. */
export async function goOn(way: WayOn, pursuit: Pursuit): Promise<Concluded> {
  const { exchange, record } = pursuit;
  switch (record.stage) {
    case "started":
      return { response: await authorize(way, exchange, record) };
    case "authorized":
      pursuit.phase = "fetching";
      return conclude(way, pursuit, await obtainResult(way, pursuit, record));
    case "fetched":
      return conclude(way, pursuit, record);
  }
}
