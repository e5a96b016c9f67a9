import { HonninError } from "../../error.js";
import { lapsed, orLapsed } from "../../single-flight.js";
import { CLOCK_TOLERANCE, LOGIN_LIFETIME } from "./login-cookie.js";

/** What a login came to, as plain data: an edge worker must not hand a `Response` of one request to another. */
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
  /** Set as soon as it is there: nobody has to wait for a promise of another request then. */
  result?: { readonly value: Completion } | { readonly error: unknown } | "forgotten";
}

/** Milliseconds for which what came of a code is remembered, for requests whose browser never got the first answer. */
const MEMORY = 60_000;
/** Of so many logins what came of them is remembered; the oldest go first. */
const MOST = 1_000;
/** Of so many it is known that their code was handed in, until no login cookie can bring it again. */
const MOST_KNOWN = 20_000;
const KNOWN_FOR = (LOGIN_LIFETIME + CLOCK_TOLERANCE) * 1_000;

/**
 * Logins of this process by the code that was handed in: a code works once, and a second try may end the tokens of the first
 * (RFC 6749 §4.1.2). All requests that bring one code get what came of it, whichever of their answers the browser keeps.
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
   * Does the work, or waits for what another request makes of it.
   *
   * @param forgets errors after which the code has not been handed in, so that another request may
   * @throws HonninError `authorization-code-spent` if nothing comes of it in time: on workerd, work dies with its request
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
    if (result === "forgotten") throw handedInAlready();
    if (result !== undefined) {
      if ("error" in result) throw result.error;
      return result.value;
    }
    const found = await orLapsed(Math.max(since + this.patience - Date.now(), 0), work);
    if (found !== lapsed) return found;
    throw stillOpen(handedInAlready());
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

/** This request has handed nothing in, and cannot say what another one made of it. */
class StillOpen extends HonninError {}

export function stillOpen({ code, message, cause }: HonninError): HonninError {
  return new StillOpen(code, message, { cause });
}

/** Whether the callback may be tried again: its code is as good as before, or what came of it may yet be had. */
export function leavesCode(error: unknown): boolean {
  return error instanceof StillOpen;
}

/** Nothing is known of what came of it. */
export function handedInAlready(): HonninError {
  return new HonninError(
    "authorization-code-spent",
    "Another request has handed in the code of this callback, and nothing is known of what came of it.",
  );
}
