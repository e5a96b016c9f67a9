import { basicItemNames, scopeParameter } from "@honnin/site";

/** What is asked for where nobody chose. */
export const allScopes: readonly string[] = ["openid", ...basicItemNames];

/** A login request whose scopes the user chose, taken apart. */
export interface ChosenLogin {
  readonly scopes: readonly string[];
  /** The request as the relying party's handler takes it. */
  readonly request: Request;
}

/**
 * Reads the choice off a login request. It rides along on the return address, which the handler seals into the login's
 * cookie, so that the result page can tell "not asked for" from "not granted".
 */
export function chosenLogin(request: Request, defaultReturnTo: string): ChosenLogin {
  const url = new URL(request.url);
  const chosen = url.searchParams.getAll(scopeParameter);
  const scopes =
    chosen.length === 0
      ? allScopes
      : allScopes.filter((scope) => scope === "openid" || chosen.includes(scope));
  url.searchParams.delete(scopeParameter);
  const returnTo = url.searchParams.getAll("return_to");
  // Two of them, or a strange one, are the handler's to refuse.
  if (returnTo.length <= 1) {
    const [path = defaultReturnTo] = returnTo;
    url.searchParams.set("return_to", `${path}${path.includes("?") ? "&" : "?"}asked=${scopes.join(".")}`);
  }
  return { scopes, request: new Request(url, request) };
}

/** The scopes that were asked for, and the return address without them. */
export function readReturnAddress(returnTo: string): {
  readonly scopes: readonly string[];
  readonly returnTo: string;
} {
  // Always the last parameter: it was put there above.
  const [, path, asked] = /^(.*)[?&]asked=([a-z.]*)$/.exec(returnTo) ?? [];
  if (path === undefined || asked === undefined) return { scopes: allScopes, returnTo };
  const names = asked.split(".");
  return { scopes: allScopes.filter((scope) => names.includes(scope)), returnTo: path };
}
