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
 * Converts any exception to a {@link HonninError}. Any other exception becomes the `cause` of an `internal-error`: it may come from
 * a function of the site and contain anything, so it is never shown on a page.
 */
export function asHonninError(error: unknown): HonninError {
  if (isHonninError(error)) return error;
  return new HonninError("internal-error", "An unexpected error occurred. See cause.", {
    cause: error,
  });
}

/** All codes. Combined here, so that bundlers can remove the lists if they are not used. */
const codes: readonly HonninErrorCode[] = [
  ...verifierCodes,
  ...runtimeCodes,
  ...networkCodes,
  ...launchCodes,
  ...relyingPartyCodes,
];

/** Checks name and code as well as the class, because a bundle may contain two copies of the class. */
function isHonninError(error: unknown): error is HonninError {
  if (error instanceof HonninError) return true;
  return (
    error instanceof Error &&
    error.name === "HonninError" &&
    codes.includes(Reflect.get(error, "code") as HonninErrorCode)
  );
}
