import type { Exchange } from "../http/exchange.js";
import type { HandoffCookies, Role } from "./cookies.js";
import { type Handoff, type HandoffLimits, hasEnded } from "./handoff.js";
import type { Handoffs } from "./handoffs.js";
import { notFound } from "./not-found.js";
import { checkPc, checkPhone, END_LIFETIME } from "./transitions.js";

/** What every route of a handoff needs. */
export interface Keepers {
  readonly handoffs: Handoffs;
  readonly cookies: HandoffCookies;
  readonly steps: HandoffLimits;
  /** Unix time in whole seconds. */
  now(): number;
}

/** The browser's part in a handoff. */
export interface Part {
  readonly id: string;
  /** Of the secret in its cookie. */
  readonly digest: string;
}

/** The part that the cookie of this browser names. Whether it is right is checked with each handoff. @throws HonninError `handoff-not-found` */
export async function partOf(
  { handoffs, cookies }: Keepers,
  { request }: Exchange,
  role: Role,
): Promise<Part> {
  const binding = cookies.read(request, role);
  if (binding === undefined) throw notFound();
  const { id, secret } = binding;
  return { id, digest: await handoffs.digestOf(role, id, secret) };
}

/**
 * The handoff of this browser as it is now, for reading.
 *
 * @throws HonninError `handoff-not-found`, `handoff-other-browser`, `store-unreachable`
 */
export async function findOwn(
  keepers: Keepers,
  exchange: Exchange,
  role: Role,
): Promise<{ readonly part: Part; readonly handoff: Handoff }> {
  const part = await partOf(keepers, exchange, role);
  const handoff = await keepers.handoffs.find(part.id);
  (role === "pc" ? checkPc : checkPhone)(handoff, part.digest);
  return { part, handoff };
}

/** Seconds for which a browser keeps its cookie: as long as there can be something to read. */
export function cookieLifetime({ lifetime, claimLifetime }: HandoffLimits): number {
  return lifetime + claimLifetime + END_LIFETIME;
}

/** What a page is told of a handoff. */
export interface StateAnswer {
  readonly state: Handoff["state"];
  /** Seconds until the state lapses; 0 if it is final. */
  readonly expiresIn: number;
  /** In the state `scanned`: how often a number may still be typed. */
  readonly triesLeft?: number;
  /** Why the handoff ended. */
  readonly code?: string;
}

export function answerOf(handoff: Handoff, now: number): StateAnswer {
  const { state, until, triesLeft, code } = handoff;
  return {
    state,
    expiresIn: isFinal(handoff) ? 0 : Math.max(until - now, 0),
    ...(state === "scanned" ? { triesLeft } : {}),
    ...(code === undefined ? {} : { code }),
  };
}

/** Whether the state never changes again. */
export function isFinal(handoff: Pick<Handoff, "state">): boolean {
  return handoff.state === "claimed" || hasEnded(handoff);
}

/** JSON that no cache and no other page keeps. */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, {
    status,
    headers: {
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}
