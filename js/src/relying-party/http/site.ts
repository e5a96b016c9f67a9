/** The routes as paths of the site. */
export interface Paths {
  readonly login: string;
  readonly callback: string;
  readonly logout: string;
  /** With `signing` only. */
  readonly sign?: string;
  /** With `signing` only. */
  readonly signResume?: string;
  /** With `handoff` only. The other routes of handoffs are below it. */
  readonly handoff?: string;
}

/** The relying party's site. */
export interface Site {
  /** The origin of the redirect URI: behind a proxy, the URL of a request may have another one. */
  readonly origin: string;
  readonly paths: Paths;
}

/** Whether a path is one of the handler's routes, including those below `paths.handoff`. */
export function isRoute(paths: Paths, pathname: string): boolean {
  return (
    Object.values(paths).includes(pathname) ||
    (paths.handoff !== undefined && pathname.startsWith(`${paths.handoff}/`))
  );
}
