import type { Bilingual } from "../types.js";

/** The command line is wrong: one sentence that says how, with the remedy. Exit code 2. */
export class UsageError extends Error {
  readonly texts: Bilingual;

  constructor(ja: string, en: string) {
    super(en);
    this.texts = { ja, en };
  }
}
