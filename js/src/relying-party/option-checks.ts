import { HonninError } from "../error.js";

/** The error for an option. `rule` completes "… must …". */
export function invalid(name: string, rule: string): HonninError {
  return new HonninError("options-invalid", `${name} must ${rule}.`);
}

/**
 * Refuses unknown members, so that a misspelt option is not ignored.
 *
 * @param of a prefix for the name in the message; empty for the handler's own options
 * @throws HonninError `options-invalid`
 */
export function refuseUnknown(options: object, known: Readonly<Record<string, true>>, of = ""): void {
  // Including inherited members, because they are read too.
  for (const name in options) {
    if (!Object.hasOwn(known, name)) {
      throw invalid(`${of}${name.slice(0, 64)}`, "not be set: there is no such option");
    }
  }
}

/**
 * Reads what a function of the site returned instead of a Response. Refuses unknown members, as in options: an ignored
 * `{ session: null }` would leave somebody logged in.
 *
 * @throws HonninError `options-invalid`
 */
export function readOutcome<Member extends string>(
  outcome: unknown,
  hook: string,
  members: readonly Member[],
): { readonly [name in Member]?: unknown } {
  if (outcome === undefined || outcome === null) return {};
  const rule = `Return a Response, { ${members.map((name) => `${name}?`).join(", ")} } or nothing.`;
  if (typeof outcome !== "object" || Array.isArray(outcome))
    throw new HonninError("options-invalid", `${hook} returned a value of the wrong type. ${rule}`);
  for (const name in outcome) {
    if (!members.some((member) => member === name))
      throw new HonninError(
        "options-invalid",
        `${hook} returned the unknown member ${name.slice(0, 64)}. ${rule}`,
      );
  }
  return outcome;
}

/** @throws HonninError `options-invalid` unless the option is missing, or an integer within the limits */
export function readWhole(
  name: string,
  value: unknown,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw invalid(name, `be an integer from ${least} to ${most}`);
  }
  return value;
}

/** @throws HonninError `options-invalid` unless the option is missing, or a number of seconds from 0 to `most` */
export function readSeconds(name: string, value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value >= 0 && value <= most)) {
    throw invalid(name, `be 0 to ${most} seconds`);
  }
  return value;
}

/** @throws HonninError `options-invalid` unless the value is a string that can be sent in a header */
export function checkAccessToken(value: unknown): asserts value is string {
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
    throw invalid("accessToken", "be a non-empty string of printable ASCII characters without spaces");
  }
}
