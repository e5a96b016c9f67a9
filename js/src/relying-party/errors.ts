import { HonninError } from "../error.js";

/**
 * Converts any exception to a {@link HonninError}. Any other exception becomes the `cause` of an `internal-error`: it may come from
 * a function of the site and contain anything, so it is never shown on a page.
 */
export async function asHonninError(error: unknown): Promise<HonninError> {
  if (error instanceof HonninError || (await isOfAnotherCopy(error))) return error as HonninError;
  return new HonninError("internal-error", "An unexpected error occurred. See cause.", {
    cause: error,
  });
}

/** Checks name and code as well as the class, because a bundle may contain two copies of the class. */
async function isOfAnotherCopy(error: unknown): Promise<boolean> {
  if (!(error instanceof Error && error.name === "HonninError")) return false;
  try {
    const { isErrorCode } = await import("./error-code.js");
    return isErrorCode(Reflect.get(error, "code"));
  } catch {
    // The list is missing on the server.
    return false;
  }
}
