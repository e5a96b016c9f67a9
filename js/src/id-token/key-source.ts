/** A source of keys. Both functions return the JSON text of a JWK Set (RFC 7517 §5). */
export interface KeySource {
  /** The JWK Set to try first. */
  get(): Promise<string>;
  /**
   * Called once per token if no key of the JWK Set is suitable. `undefined`: there is no newer JWK Set, or it is too early
   * to fetch again.
   */
  refresh(): Promise<string | undefined>;
}

/** A JWK Set (RFC 7517 §5). */
export interface JwkSet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}
