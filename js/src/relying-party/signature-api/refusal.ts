import { type BoundedResponse, parseJsonObject } from "../../bounded-fetch.js";

/** The error code of a refusal, as RFC 6749 §5.2 has it; `undefined` if there is none of a form that may go into a message. */
export function errorCodeOf({ text }: BoundedResponse): string | undefined {
  try {
    const { error } = parseJsonObject(text, "The endpoint");
    return typeof error === "string" && /^[0-9A-Za-z._-]{1,64}$/.test(error) ? error : undefined;
  } catch {
    return undefined;
  }
}
