/** Where the handoff begins, and what for. */
export interface HandoffOptions {
  /** The path of the routes. */
  readonly base: string;
  /** The language of pages and errors. */
  readonly lang: string;
  readonly returnTo?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
}
