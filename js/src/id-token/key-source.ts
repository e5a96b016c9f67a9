/** Where the keys come from. Both functions give the text of a JWK Set (RFC 7517 §5). */
export interface KeySource {
  /** The set to try first. */
  get(): Promise<string>;
  /**
   * Asked once a token when no key of the set fits. `undefined`: there is nothing newer, or it is too early to ask
   * again.
   */
  refresh(): Promise<string | undefined>;
}

/** A JWK Set (RFC 7517 §5). */
export interface JwkSet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}
