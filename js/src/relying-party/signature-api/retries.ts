import { invalid, readSeconds, readWhole } from "../option-checks.js";

/** Options for retries. */
export interface RetryOptions {
  /** The maximum number of requests, 1 to 20. Default 4, because a user is waiting. */
  readonly attempts?: number | undefined;
  /** The delay before the second request in seconds, doubled each time, 0 to 60. Default 0.5. */
  readonly delay?: number | undefined;
  /** The maximum delay between two requests in seconds, even if `Retry-After` is longer, 0 to 60. Default 8. */
  readonly maxDelay?: number | undefined;
  /** Replaces the timer. */
  readonly wait?: ((seconds: number) => Promise<void>) | undefined;
}

/** The options for retries with their defaults. @throws HonninError `options-invalid` */
export function readRetries({ attempts, delay, maxDelay, wait }: RetryOptions) {
  if (wait !== undefined && typeof wait !== "function") throw invalid("wait", "be a function");
  return {
    attempts: readWhole("attempts", attempts, [1, 20]) ?? 4,
    delay: readSeconds("delay", delay, 60) ?? 0.5,
    maxDelay: readSeconds("maxDelay", maxDelay, 60) ?? 8,
  };
}
