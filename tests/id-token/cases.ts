// The one table of ID tokens that every runtime must judge alike.
import { readFileSync } from "node:fs";
import type { VerifyIdTokenOptions } from "honnin";

export interface Case {
  readonly name: string;
  readonly token: string;
  /** A JWK Set, or its text where the text itself is what is wrong. */
  readonly keys: string | { keys: object[] };
  readonly options: Omit<VerifyIdTokenOptions, "keys">;
  /** `valid` or the code of the refusal. */
  readonly expected: string;
  /** Steps that must have ended so, whatever the verdict. */
  readonly steps?: Record<string, string>;
}

export const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8")) as Case[];
