// Texts only, without imports that run: the relying party loads this file when a response is refused, and bundlers need not split
// anything else for it.
import type { HonninErrorCode } from "../error.js";
import type { Refused } from "./check-response.js";

/** The code and the message of an error. */
export type Problem = readonly [code: HonninErrorCode, message: string];

/** The error for a refused authorization response. */
export function responseProblem({ why, what = "", description }: Refused): Problem {
  switch (why) {
    case "long":
      return malformed("it is longer than 16384 characters");
    case "duplicate":
      return malformed("a parameter is duplicated");
    case "state":
      return problem(
        "state-mismatch",
        "state does not match the request: the response belongs to another login or another browser. Start again.",
      );
    case "issuer-missing":
      return problem("issuer-mismatch", "iss of the authorization response is missing.");
    case "issuer":
      return problem(
        "issuer-mismatch",
        "iss of the authorization response is not the environment's issuer. Check environment, and whether a server or proxy changes the " +
          "query: Next.js, for example, may turn 127.0.0.1 into localhost, unless it is started with HOSTNAME=localhost.",
      );
    case "foreign":
      return malformed(`${what} is not allowed in the response of a code flow`);
    case "both":
      return malformed("both code and error are present");
    case "error":
      return refusal(what, description);
    case "neither":
      return malformed("neither code nor error is present");
    case "code":
      return malformed("code is not 1 to 2048 printable ASCII characters");
  }
}

export function malformed(what: string): Problem {
  return problem("authorization-response-malformed", `The authorization response is malformed: ${what}.`);
}

function problem(code: HonninErrorCode, message: string): Problem {
  return [code, message];
}

/** Errors that require the user to interact with the service (OpenID Connect Core 1.0 §3.1.2.6). */
const lapses: readonly string[] = [
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
];

function refusal(error: string, description: string | undefined): Problem {
  if (error === "access_denied") {
    return problem(
      "login-denied",
      "The service returned access_denied: the user cancelled, or could not go on, for example because of a locked PIN.",
    );
  }
  // Keycloak sends this pair if its own page was left open too long. The description is compared, never shown.
  const isExpired = error === "temporarily_unavailable" && description === "authentication_expired";
  if (isExpired || lapses.includes(error)) {
    return problem(
      "authorization-lapsed",
      `The login session at the service is no longer valid (${error}). Start again.`,
    );
  }
  // RFC 6749 §4.1.2.1: both replace the statuses 503 and 500, which a redirect cannot carry.
  if (error === "temporarily_unavailable" || error === "server_error") {
    return problem(
      "authorization-unavailable",
      `The service cannot handle the authorization request now: ${error}. Try again later.`,
    );
  }
  // error_description is not used: it comes through the browser and may contain anything.
  const name = /^[0-9a-zA-Z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  return problem("authorization-refused", `The service refused the authorization request: ${name}.`);
}
