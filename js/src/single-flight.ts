/** `any`: any work is good. `new`: only work that ignores earlier results. */
export type Kind = "any" | "new";

interface Flight<T> {
  readonly kind: Kind;
  readonly startedAt: number;
  readonly result: Promise<T>;
}

/** The result if a promise did not settle in time. */
export const lapsed = Symbol("lapsed");

/**
 * Runs one piece of work at a time and shares it between all callers.
 *
 * On workerd, a promise belongs to the request that created it: if that request is cancelled, the promise never settles.
 * So a caller waits at most `patience` for the work of another one, and then does the work itself.
 */
export class SingleFlight<T> {
  readonly #patience: number;
  #flight: Flight<T> | undefined;

  /** @param patience milliseconds after which unsettled work counts as lost */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Whether {@link run} would join work that is in progress. */
  isUnderWay(kind: Kind): boolean {
    return this.#joinable(kind) !== undefined;
  }

  /** Joins the work in progress, or starts it. All callers that joined get a failure. */
  async run(kind: Kind, work: () => Promise<T>): Promise<T> {
    for (;;) {
      const flight = this.#joinable(kind);
      if (flight === undefined) return this.#begin(kind, work);
      const result = await orLapsed(this.#left(flight), flight.result);
      if (result !== lapsed) return result;
      if (this.#flight === flight) this.#flight = undefined;
    }
  }

  #begin(kind: Kind, work: () => Promise<T>): Promise<T> {
    const result = work().finally(() => {
      if (this.#flight === flight) this.#flight = undefined;
    });
    const flight: Flight<T> = { kind, startedAt: Date.now(), result };
    this.#flight = flight;
    return result;
  }

  #joinable(kind: Kind): Flight<T> | undefined {
    const flight = this.#flight;
    if (flight === undefined || this.#left(flight) === 0) return undefined;
    return kind === "any" || flight.kind === "new" ? flight : undefined;
  }

  #left(flight: Flight<T>): number {
    return Math.min(Math.max(flight.startedAt + this.#patience - Date.now(), 0), this.#patience);
  }
}

/** The value of the promise, or `lapsed` after this many milliseconds. */
export async function orLapsed<T>(milliseconds: number, promise: Promise<T>): Promise<T | typeof lapsed> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lapse = new Promise<typeof lapsed>((resolve) => {
    timer = setTimeout(() => resolve(lapsed), milliseconds);
  });
  try {
    return await Promise.race([promise, lapse]);
  } finally {
    clearTimeout(timer);
  }
}

/** The value of the promise, or an error after this many milliseconds. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const result = await orLapsed(milliseconds, promise);
  if (result === lapsed) throw new Error(`no result within ${milliseconds} ms`);
  return result;
}
