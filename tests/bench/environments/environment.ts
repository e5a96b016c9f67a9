import type { JobName, Row } from "../job.ts";
import type { Plan } from "../rounds.ts";

export type EnvironmentName = "Node" | "Chromium" | "Firefox" | "workerd";

export interface Environment {
  readonly name: EnvironmentName;
  readonly version: string;
  /** Runs a job where no other ran before. @param fixture the name of its file in the folder of the run */
  run(job: JobName, fixture: string, plan: Plan): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** An environment that is missing here, and how to get it. */
export interface Missing {
  readonly name: EnvironmentName;
  readonly reason: string;
}
