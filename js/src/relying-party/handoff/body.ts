import { readAtMost } from "../../bounded-bytes.js";
import { mediaTypeOf } from "../../protocol-text.js";
import { parseStrictObject } from "../../strict-json.js";
import { badRequest } from "./errors.js";

/** A return address has at most 1,024 characters. */
const MAX_BYTES = 8_192;

/**
 * Reads a JSON object without unknown members. The media type keeps forms of other sites away: only a `fetch` can send it, and asks first.
 *
 * @throws HonninError `handoff-request-invalid`
 */
export async function readJson<Member extends string>(
  request: Request,
  members: readonly Member[],
): Promise<{ readonly [name in Member]?: unknown }> {
  if (mediaTypeOf(request.headers) !== "application/json") throw badRequest("is not application/json");
  const value = parseStrictObject(await readBytes(request));
  if (value === undefined) throw badRequest("is not a JSON object");
  if (!Object.keys(value).every((name) => (members as readonly string[]).includes(name)))
    throw badRequest("has an unknown member");
  return value as { readonly [name in Member]?: unknown };
}

/** Whether a form was sent, not JSON. */
export function isForm(request: Request): boolean {
  return mediaTypeOf(request.headers) === "application/x-www-form-urlencoded";
}

/** The value of a field. @throws HonninError `handoff-request-invalid` unless the form has it once */
export async function readField(request: Request, name: string): Promise<string> {
  if (!isForm(request)) throw badRequest("is not a form");
  const [value, second] = new URLSearchParams(new TextDecoder().decode(await readBytes(request))).getAll(
    name,
  );
  if (value === undefined || second !== undefined)
    throw badRequest(`does not have exactly one field ${name}`);
  return value;
}

async function readBytes({ body }: Request): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  return readAtMost(
    reader,
    MAX_BYTES,
    () => badRequest(`has more than ${MAX_BYTES} bytes`),
    () => badRequest("broke off"),
  );
}
