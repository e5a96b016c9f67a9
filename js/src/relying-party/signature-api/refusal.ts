import { type BoundedResponse, parseJsonObject } from "../../bounded-fetch.js";

/** The error code of an error response (RFC 6749 §5.2); `undefined` if it is missing or not safe for a message. */
export function errorCodeOf({ text }: BoundedResponse): string | undefined {
  try {
    const { error } = parseJsonObject(text, "The endpoint");
    return typeof error === "string" && /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : undefined;
  } catch {
    return undefined;
  }
}
