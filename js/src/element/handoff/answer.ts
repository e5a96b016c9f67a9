import type { HandoffState } from "../types.js";
import { isHandoffState } from "./states.js";

/** What the server says about a handoff. */
export interface Answer {
  readonly state: HandoffState;
  /** Seconds. */
  readonly expiresIn: number;
  readonly triesLeft?: number;
  readonly code?: string;
}

/** A started handoff. */
export interface Started {
  /** For the QR code. */
  readonly url: string;
  readonly expiresIn: number;
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 86_400;
}

/** An error code is shown to the user, so it must look like one. */
export function readCode(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z][a-z0-9-]{0,63}$/.test(value) ? value : undefined;
}

/** `undefined` if this is not an answer. */
export function readAnswer(value: unknown): Answer | undefined {
  const { state, expiresIn, triesLeft, code } = members(value);
  if (!isHandoffState(state) || !isCount(expiresIn)) return undefined;
  const read = readCode(code);
  return {
    state,
    expiresIn,
    ...(isCount(triesLeft) ? { triesLeft } : {}),
    ...(read === undefined ? {} : { code: read }),
  };
}

/** A page that a phone may open: over https, or on this machine. `secure-url.ts` would bring the class of errors with it. */
const page = /^(https:\/\/|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/])[!-?A-~]+$/;

/** `undefined` if this is not the response to a start. */
export function readStarted(value: unknown): Started | undefined {
  const { url, expiresIn } = members(value);
  return typeof url === "string" && page.test(url) && isCount(expiresIn) ? { url, expiresIn } : undefined;
}

/** The error code and the number of tries in the body of a refusal. */
export function readRefusal(value: unknown): { code: string | undefined; triesLeft: number | undefined } {
  const { error, triesLeft } = members(value);
  return { code: readCode(error), triesLeft: isCount(triesLeft) ? triesLeft : undefined };
}
