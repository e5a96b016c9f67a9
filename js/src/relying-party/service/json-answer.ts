import { type BoundedResponse, parseJsonObject } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import { mediaTypeOf } from "../../protocol-text.js";

/** @throws HonninError `response-malformed` unless the response has the content type of JSON and is a JSON object */
export function readJsonAnswer(response: BoundedResponse, endpoint: string): Record<string, unknown> {
  if (mediaTypeOf(response.headers) !== "application/json") {
    throw new HonninError(
      "response-malformed",
      `${endpoint} returned status ${response.status} and a content type that is not application/json.`,
    );
  }
  return parseJsonObject(response.text, endpoint);
}
