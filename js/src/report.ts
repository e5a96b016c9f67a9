/** How a step of a verification ended. `skipped` was not made and never counts as passed. */
export type StepStatus = "passed" | "failed" | "skipped";

/** One step of a verification; holds no personal data. */
export interface Step {
  /** A stable name in kebab-case, such as `signature`. */
  readonly id: string;
  readonly status: StepStatus;
  /** The section of the standard that asks for it. */
  readonly reference: string;
  /** What was compared, in English. */
  readonly detail: string;
}

/** The steps of a verification, in the order made. */
export interface Report {
  readonly steps: readonly Step[];
}
