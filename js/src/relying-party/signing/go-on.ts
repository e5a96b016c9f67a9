import { authorize } from "./authorize.js";
import { type Concluded, conclude } from "./conclude.js";
import { obtainResult } from "./obtain-result.js";
import type { Pursuit } from "./pursuit.js";

/** Goes on with a signature from the stage that it is at. */
export async function goOn(pursuit: Pursuit): Promise<Concluded> {
  const { setup, exchange, record } = pursuit;
  switch (record.stage) {
    case "started":
      return { response: await authorize(setup, exchange, record) };
    case "authorized":
      pursuit.phase = "fetching";
      return conclude(pursuit, await obtainResult(pursuit, record));
    case "fetched":
      return conclude(pursuit, record);
  }
}
