/** The result of a step. `skipped`: the step was not performed. It never counts as passed. */
export type StepStatus = "passed" | "failed" | "skipped";

/** One step of a verification. Contains no personal data. */
export interface Step {
  /** A stable name in kebab-case, for example `signature`. */
  readonly id: string;
  readonly status: StepStatus;
  /** The section of the standard that requires the step. */
  readonly reference: string;
  /** What was compared, in English. */
  readonly detail: string;
}

/** The steps of a verification, in order. */
export interface Report {
  readonly steps: readonly Step[];
}
