import { HonninError } from "../../error.js";
import { lapsed, orLapsed } from "../../single-flight.js";
import { problem } from "../problem.js";
import { CLOCK_TOLERANCE, LOGIN_LIFETIME } from "./login-cookie.js";

/** The outcome of a login as plain data: an edge worker must not use the `Response` of one request in another. */
export interface Completion {
  /** A path of the site. */
  readonly location: string;
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

interface Entry {
  /** Milliseconds. */
  readonly since: number;
  readonly work: Promise<Completion>;
  /** Set as soon as it is available: then no request waits for a promise of another request. */
  result?: { readonly value: Completion } | { readonly error: unknown } | "forgotten";
}

/** Milliseconds for which the outcome of a code is kept, for browsers that never received the first response. */
const MEMORY = 60_000;
/** The maximum number of outcomes that are kept. The oldest are dropped first. */
const MOST = 1_000;
/** The maximum number of used codes that are remembered, until no login cookie can present them again. */
const MOST_KNOWN = 20_000;
const KNOWN_FOR = (LOGIN_LIFETIME + CLOCK_TOLERANCE) * 1_000;

/**
 * Logins of this process by the code that was used. A code works once, and a second exchange may revoke the tokens of the
 * first (RFC 6749 §4.1.2). All requests with the same code get the same outcome, whichever response the browser keeps.
 */
export class Completions {
  /** Milliseconds that a request waits for another one. */
  readonly patience: number;
  /** The oldest first. */
  readonly #entries = new Map<string, Entry>();
  /** Entries whose result is there, the oldest first. */
  readonly #results = new Set<Entry>();

  /** @param timeout seconds for each request to the service: a login makes up to three */
  constructor(timeout: number) {
    this.patience = 3_000 * timeout;
  }

  /**
   * Does the work, or waits for the outcome of another request.
   *
   * @param forgets errors after which the code is still unused, so that another request may use it
   * @throws HonninError `authorization-code-spent` if there is no outcome in time: on workerd, work ends with its request
   */
  async run(
    key: string,
    work: () => Promise<Completion>,
    forgets: (error: unknown) => boolean,
  ): Promise<Completion> {
    this.#trim();
    const known = this.#entries.get(key);
    if (known !== undefined) return this.#join(known);
    const entry: Entry = { since: Date.now(), work: work() };
    this.#entries.set(key, entry);
    try {
      const value = await entry.work;
      this.#remember(entry, { value });
      return value;
    } catch (error) {
      if (forgets(error)) this.#entries.delete(key);
      else this.#remember(entry, { error });
      throw error;
    }
  }

  #remember(entry: Entry, result: NonNullable<Entry["result"]>): void {
    entry.result = result;
    this.#results.add(entry);
  }

  async #join({ since, work, result }: Entry): Promise<Completion> {
    if (result === "forgotten") throw await handedInAlready();
    if (result !== undefined) {
      if ("error" in result) throw result.error;
      return result.value;
    }
    const found = await orLapsed(Math.max(since + this.patience - Date.now(), 0), work);
    if (found !== lapsed) return found;
    throw stillOpen(await handedInAlready());
  }

  #trim(): void {
    const now = Date.now();
    for (const entry of this.#results) {
      if (now - entry.since < this.patience + MEMORY && this.#results.size <= MOST) break;
      entry.result = "forgotten";
      this.#results.delete(entry);
    }
    for (const [key, { since }] of this.#entries) {
      if (now - since < KNOWN_FOR && this.#entries.size <= MOST_KNOWN) break;
      this.#entries.delete(key);
    }
  }
}

/** This request did not use the code, and does not know the outcome of another one. */
class StillOpen extends HonninError {}

export function stillOpen({ code, message, cause }: HonninError): HonninError {
  return new StillOpen(code, message, { cause });
}

/** Whether the callback may be tried again: its code is still unused, or its outcome may still become available. */
export function leavesCode(error: unknown): boolean {
  return error instanceof StillOpen;
}

/** The code was used, and its outcome is unknown. */
export function handedInAlready(): Promise<HonninError> {
  return problem("authorization-code-spent", ["used-elsewhere"]);
}
