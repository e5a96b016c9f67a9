import { HonninError } from "honnin/slim";

/** What was thrown, as an error with a code. */
export function asHonninError(thrown: unknown): HonninError {
  if (thrown instanceof HonninError) return thrown;
  return new HonninError("internal-error", "An unexpected error occurred.", { cause: thrown });
}
