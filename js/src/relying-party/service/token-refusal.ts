import { type BoundedResponse, outage, unavailable } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import { problem } from "../problem.js";
import { readJsonAnswer } from "./json-answer.js";

/** Error codes that correspond to the statuses 503 and 500 (RFC 6749 §4.1.2.1). */
const laterCodes: readonly unknown[] = ["temporarily_unavailable", "server_error"];

/** The error for a response whose status is not 200. */
export async function tokenRefusal(
  response: BoundedResponse,
  name: string,
  grantType: string | undefined,
): Promise<HonninError> {
  const later = outage(response, name);
  if (later !== undefined) return later;
  const { error } = readJsonAnswer(response, name);
  // Only the code: error_description may contain anything.
  if (typeof error !== "string") return problem("response-malformed", ["no-error", response.status]);
  const code = /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : "an error code of unexpected form";
  if (laterCodes.includes(error)) return unavailable(name, code);
  if (error === "invalid_grant" && grantType === "authorization_code") {
    return problem("authorization-code-spent", ["code-spent", name]);
  }
  return new HonninError("token-request-refused", `${name} refused the request: ${code}.`);
}
