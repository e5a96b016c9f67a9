import { HonninError } from "honnin/slim";

/** Converts an exception to an error with a code. */
export function asHonninError(thrown: unknown): HonninError {
  if (thrown instanceof HonninError) return thrown;
  return new HonninError("internal-error", "An unexpected error occurred.", { cause: thrown });
}
