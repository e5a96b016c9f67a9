import { type BoundedResponse, outage, unavailable } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import { readJsonAnswer } from "./json-answer.js";

/** Error codes that correspond to the statuses 503 and 500 (RFC 6749 §4.1.2.1). */
const laterCodes: readonly unknown[] = ["temporarily_unavailable", "server_error"];

/** The error for a response whose status is not 200. */
export function tokenRefusal(
  response: BoundedResponse,
  name: string,
  grantType: string | undefined,
): HonninError {
  const later = outage(response, name);
  if (later !== undefined) return later;
  const { error } = readJsonAnswer(response, name);
  // Only the code: error_description may contain anything.
  if (typeof error !== "string") {
    return new HonninError(
      "response-malformed",
      `The response of the token endpoint has status ${response.status} but no error code.`,
    );
  }
  const code = /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  if (laterCodes.includes(error)) return unavailable(name, code);
  if (error === "invalid_grant" && grantType === "authorization_code") {
    return new HonninError(
      "authorization-code-spent",
      `${name} rejected the code (invalid_grant): it was already used, or has expired. ` +
        "If every login fails, the redirect URI or the client differs from the registration.",
    );
  }
  return new HonninError("token-request-refused", `${name} refused the request: ${code}.`);
}
