import { basicItemNames, scopeParameter } from "@honnin/site";
import type { Scope } from "honnin/launch";

/** The scopes if the user did not choose. */
export const allScopes: readonly Scope[] = ["openid", ...basicItemNames];

/** The scopes that the user chose on the home page, from the login request. */
export function chosenScopes(request: Request): readonly Scope[] {
  const chosen = new URL(request.url).searchParams.getAll(scopeParameter);
  if (chosen.length === 0) return allScopes;
  return allScopes.filter((scope) => scope === "openid" || chosen.includes(scope));
}
