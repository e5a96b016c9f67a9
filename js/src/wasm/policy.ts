// A Content Security Policy that blocks a request: the platform reports it with an event, and the request just fails.

/** Notes whether a policy blocks requests for a URL. */
export interface PolicyWatch {
  /** After a failure: the explanation if a policy was the cause. */
  blocked(): Promise<string | undefined>;
  end(): void;
}

interface Violation {
  readonly disposition?: unknown;
  readonly effectiveDirective?: unknown;
  readonly blockedURI?: unknown;
}

/** @param url absolute, or relative to the page */
export function watchPolicy(url: string | URL): PolicyWatch {
  // A page or a worker of a browser. Elsewhere, there is no such event.
  const { addEventListener, location } = globalThis;
  if (typeof addEventListener !== "function" || location === undefined || !URL.canParse(url, location.href))
    return { blocked: async () => undefined, end: () => {} };
  const { href, origin } = new URL(url, location.href);
  let isBlocked = false;
  const note = (event: Event) => {
    const { disposition, effectiveDirective, blockedURI } = event as Violation;
    if (disposition !== "enforce" || effectiveDirective !== "connect-src") return;
    // After a redirect, only the origin of the blocked URL is reported.
    if (blockedURI === href || blockedURI === origin) isBlocked = true;
  };
  globalThis.addEventListener("securitypolicyviolation", note);
  return {
    async blocked() {
      // The event is dispatched in a task of its own, which may come after the failure of the request.
      if (!isBlocked) await new Promise((resolve) => setTimeout(resolve, 0));
      if (!isBlocked) return undefined;
      const source = origin === location.origin ? "'self'" : origin;
      return `the Content Security Policy blocks the request. Allow it with connect-src ${source}`;
    },
    end: () => globalThis.removeEventListener("securitypolicyviolation", note),
  };
}
