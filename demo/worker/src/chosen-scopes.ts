import { basicItemNames, scopeParameter } from "@honnin/site";

/** What is asked for where nobody chose. */
export const allScopes: readonly string[] = ["openid", ...basicItemNames];

/** The parameter of the return address that remembers what was asked for. */
const askedParameter = "asked";

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
    url.searchParams.set(
      "return_to",
      `${path}${path.includes("?") ? "&" : "?"}${askedParameter}=${scopes.join(".")}`,
    );
  }
  return { scopes, request: new Request(url, request) };
}

/** The scopes that were asked for, and the return address without them. */
export function readReturnAddress(returnTo: string): {
  readonly scopes: readonly string[];
  readonly returnTo: string;
} {
  const [path = "/", query = ""] = returnTo.split("?", 2);
  const parameters = new URLSearchParams(query);
  const asked = parameters.get(askedParameter)?.split(".") ?? allScopes;
  parameters.delete(askedParameter);
  const rest = parameters.toString();
  return {
    scopes: allScopes.filter((scope) => asked.includes(scope)),
    returnTo: rest === "" ? path : `${path}?${rest}`,
  };
}
