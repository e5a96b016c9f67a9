// How much is measured.
export interface Plan {
  readonly rounds: number;
  /** Logins of each variant in a round. */
  readonly perRound: number;
  readonly warmUp: number;
  readonly seed: number;
}

export const planOf = (quick: boolean): Plan =>
  quick
    ? { rounds: 5, perRound: 40, warmUp: 200, seed: 2026 }
    : { rounds: 15, perRound: 100, warmUp: 300, seed: 2026 };
