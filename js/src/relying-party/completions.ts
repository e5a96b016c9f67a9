import { HonninError } from "../error.js";
import { lapsed, orLapsed } from "../single-flight.js";

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
  result?: { readonly value: Completion } | { readonly error: unknown };
}

/** Milliseconds for which a completion is remembered, for requests whose browser never got the first answer. */
const MEMORY = 60_000;
/** Room for the logins of a busy minute; the oldest go first. */
const MOST = 1_000;

/**
 * Logins of this process by the code that was handed in: a code works once, and a second try may end the tokens of the first
 * (RFC 6749 §4.1.2). All requests that bring one code get what came of it, whichever of their answers the browser keeps.
 */
export class Completions {
  /** Milliseconds that a request waits for another one. */
  readonly patience: number;
  readonly #entries = new Map<string, Entry>();

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
    const known = this.#entries.get(key);
    if (known !== undefined && Date.now() - known.since < this.patience + MEMORY) return this.#join(known);
    const entry: Entry = { since: Date.now(), work: work() };
    this.#entries.set(key, entry);
    this.#trim();
    try {
      const value = await entry.work;
      entry.result = { value };
      return value;
    } catch (error) {
      entry.result = { error };
      if (forgets(error) && this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  async #join({ since, work, result }: Entry): Promise<Completion> {
    if (result !== undefined) {
      if ("error" in result) throw result.error;
      return result.value;
    }
    const found = await orLapsed(Math.max(since + this.patience - Date.now(), 0), work);
    if (found !== lapsed) return found;
    throw handedInAlready();
  }

  #trim(): void {
    const oldest = Date.now() - this.patience - MEMORY;
    for (const [key, { since }] of this.#entries) {
      if (since >= oldest && this.#entries.size <= MOST) return;
      this.#entries.delete(key);
    }
  }
}

/** Nothing is known of what came of it. */
export function handedInAlready(): HonninError {
  return new HonninError(
    "authorization-code-spent",
    "Another request has handed in the code of this callback, and nothing is known of what came of it.",
  );
}
