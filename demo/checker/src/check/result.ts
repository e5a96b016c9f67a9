import type { Bilingual } from "../bilingual.js";
import type { Row } from "./rows.js";

export type Verdict =
  /** Nobody was logged in. */
  | "refused"
  | "accepted"
  /** The site did not ask the endpoint that would have answered wrongly. */
  | "not-asked"
  /** The signs of a login contradict each other. */
  | "unclear"
  /** The site gave no answer in time. */
  | "no-answer"
  /** After this row, good logins did not work any more. */
  | "broken"
  /** Not tried, because the site was down or the time was over. */
  | "unchecked";

export interface RowResult {
  readonly row: Row;
  readonly verdict: Verdict;
  /** The page on which it ended: status, origin and path. */
  readonly status?: number;
  readonly place?: string;
  readonly milliseconds: number;
  /** Something that the reader should know, in English: which sign contradicts, what failed. */
  readonly detail?: string;
}

export interface CheckResult {
  readonly issuer: string;
  readonly startedAt: Date;
  readonly milliseconds: number;
  /** How a login was recognised: one line for logins, one for signatures. */
  readonly signs: readonly string[];
  readonly rows: readonly RowResult[];
  /** Why the check ended early, if it did. */
  readonly problem?: Problem;
}

export const problemCodes = [
  "unreachable",
  "no-answer",
  "broken-off",
  "redirects",
  "address",
  "real-service",
  "other-service",
  "not-a-login",
  "several-forms",
  "request-refused",
  "login-refused",
  "sight-wrong",
  "indistinguishable",
  "time-over",
  "site-down",
  "emulator",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Why a site cannot be checked. The message names the cause and the remedy. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  /** What the message is about: an address, a status, what the service said. */
  readonly about: string;
  /** The same in both languages, if it is a sentence. */
  readonly texts: Bilingual;

  constructor(code: ProblemCode, about: string | Bilingual) {
    const texts = typeof about === "string" ? { ja: about, en: about } : about;
    super(`${code}: ${texts.en}`);
    this.code = code;
    this.about = texts.en;
    this.texts = texts;
  }
}

/** Whether a result counts against the site. `strict`: also where the standards leave it to the site. */
export function isFault({ verdict, row: { level } }: RowResult, strict = false): boolean {
  if (verdict === "broken" || verdict === "no-answer") return true;
  if (verdict !== "accepted" || level === "cope") return false;
  return level !== "may" || strict;
}

/** 0: all refused; 1: something was accepted, or not survived; 2: not everything could be checked. */
export function exitCodeOf({ rows, problem }: CheckResult, strict = false): 0 | 1 | 2 {
  if (rows.some((result) => isFault(result, strict))) return 1;
  const open = rows.some(({ verdict }) => verdict === "unclear" || verdict === "unchecked");
  return problem !== undefined || open ? 2 : 0;
}
