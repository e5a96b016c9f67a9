import { HonninError } from "../error.js";
import type { Site } from "./http/site.js";
import { beganElsewhere } from "./login/login-state.js";

/** The error for a callback without its cookie. */
export function lostLogin({ origin }: Site, request: Request, state: string): HonninError {
  // Cookies belong to a host name: `localhost` and `127.0.0.1` are different, even on the same machine.
  if (beganElsewhere(state, request)) {
    return new HonninError(
      "login-host-mismatch",
      `The login started on a different host name than the callback, so its cookie is not sent. Open the site at ${origin}.`,
    );
  }
  return new HonninError(
    "login-cookie-missing",
    "The callback has no login cookie. Possible causes: another browser or host than at the start of the login, a private window, " +
      "blocked cookies, or a login that was completed some time ago.",
  );
}
