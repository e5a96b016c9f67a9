// Reads results that end with a report. The report is the larger part, and many callers do not look at it.
import { HonninError } from "../error.js";
import type { Report } from "../report.js";
import { type Acceptance, decode, type Refusal } from "./ask.js";

/** What stands before the steps of a report, and nowhere else behind it: other line ends are escaped. */
const lineFeed = 0x0a;

/** A positive result whose report is read on demand. */
export interface Reported extends Acceptance {
  readonly readReport: () => Report;
}

/** Reads all but the report of a text that ends with one. */
export function readReported<Accepted extends Reported>(answer: Uint8Array): Accepted | Refusal {
  const line = answer.lastIndexOf(lineFeed);
  if (line < 0)
    throw new HonninError("internal-error", "The WebAssembly module is that of another version of honnin.");
  const most = JSON.parse(`${decode(answer.subarray(0, line))}}}`);
  const readReport = () => JSON.parse(`{${decode(answer.subarray(line, -1))}`);
  return most.ok ? { ...most, readReport } : { ...most, report: readReport() };
}
