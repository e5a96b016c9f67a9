import { HonninError } from "../../error.js";
import { returnAddress } from "./return-address.js";
import type { Site } from "./site.js";

/**
 * Where a hook of the site leads, or where the user asked to go.
 *
 * @param hook its name, for the message
 * @throws HonninError `options-invalid`: the mistake is the site's, and not that of whoever is on the way
 */
export function placeAfter(
  { origin, paths }: Site,
  hook: "onLogin" | "onLogout" | "onSigned",
  returnTo: unknown,
  asked: string,
): string {
  if (returnTo === undefined) return asked;
  try {
    return returnAddress(origin, returnTo, Object.values(paths));
  } catch (cause) {
    throw new HonninError(
      "options-invalid",
      `returnTo of ${hook} must be a path of this site, such as /account, and must not be a login route.`,
      { cause },
    );
  }
}
