// What one run measured. The report is made of this and nothing else.
import type { StoreCounts } from "./counted-store.ts";
import type { Plan } from "./plan.ts";

export interface Ratio {
  readonly name: string;
  /** Microseconds of CPU of one login, one number a round. */
  readonly samples: readonly number[];
}

/** What one flow costs. */
export interface Cost {
  readonly name: string;
  /** Microseconds of CPU of the site's process. */
  readonly cpu: number;
  /** Bytes of HTTP between browsers and the site. */
  readonly traffic: number;
  /** Of one flow. */
  readonly store: StoreCounts;
}

/** A flow with a shared store: microseconds of CPU. */
export interface Shared {
  readonly name: string;
  readonly site: number;
  /** Of the process of the store; nothing if it is the site's. */
  readonly store?: number;
}

export interface Results {
  readonly date: string;
  readonly machine: string;
  readonly plan: Plan;
  readonly ratios: readonly Ratio[];
  readonly costs: readonly Cost[];
  readonly redis: readonly Shared[];
  readonly workerd: readonly Shared[];
  /** Bytes of a process that has served some thousands. */
  readonly resident: number;
  /** Bytes that a process holds for each login that it remembers, and for each open event stream. */
  readonly perLogin: number;
  readonly perStream: number;
}
