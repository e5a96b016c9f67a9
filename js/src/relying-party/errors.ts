import {
  HonninError,
  type HonninErrorCode,
  launchCodes,
  networkCodes,
  relyingPartyCodes,
  runtimeCodes,
  verifierCodes,
} from "../error.js";

/**
 * Any exception as a {@link HonninError}. What is none becomes `internal-error` with the exception as its `cause`:
 * it may be the caller's own and hold anything, so it never reaches a page.
 */
export function asHonninError(error: unknown): HonninError {
  if (isHonninError(error)) return error;
  return new HonninError("internal-error", "An unexpected error occurred. See cause.", {
    cause: error,
  });
}

/** Every code. Put together here: where nobody asks for them, bundlers then leave the lists out. */
const codes: readonly HonninErrorCode[] = [
  ...verifierCodes,
  ...runtimeCodes,
  ...networkCodes,
  ...launchCodes,
  ...relyingPartyCodes,
];

/** By name and code besides the class: bundlers may put two copies of the class into one program. */
function isHonninError(error: unknown): error is HonninError {
  if (error instanceof HonninError) return true;
  return (
    error instanceof Error &&
    error.name === "HonninError" &&
    codes.includes(Reflect.get(error, "code") as HonninErrorCode)
  );
}
