/** Where the routes are, as paths of the site. */
export interface Paths {
  readonly login: string;
  readonly callback: string;
  readonly logout: string;
  /** With `signing` only. */
  readonly sign?: string;
  /** With `signing` only. */
  readonly signResume?: string;
}

/** The relying party's site. */
export interface Site {
  /** The site's own, from the redirect URI: behind a proxy, a request may name another. */
  readonly origin: string;
  readonly paths: Paths;
}
