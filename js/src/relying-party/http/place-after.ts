import { HonninError } from "../../error.js";
import { returnAddress } from "./return-address.js";
import type { Site } from "./site.js";

/**
 * The path that a hook of the site returns, or the requested return address.
 *
 * @param hook the name of the hook, for the message
 * @throws HonninError `options-invalid`: the site is at fault, not the user
 */
export async function placeAfter(
  site: Site,
  hook: "onLogin" | "onLogout" | "onSigned",
  returnTo: unknown,
  asked: string,
): Promise<string> {
  if (returnTo === undefined) return asked;
  try {
    return await returnAddress(site, returnTo);
  } catch (cause) {
    throw new HonninError(
      "options-invalid",
      `returnTo of ${hook} must be a path of this site, such as /account, and must not be a login route.`,
      { cause },
    );
  }
}
