/** A path of this site: nothing that another origin or a script could hide behind. */
export function isSitePath(value: string): boolean {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value);
}

/** `openid` first, each scope once. */
export function readScopes(value: string | null): string[] {
  const words = (value ?? "").split(/[ \t\r\n]+/).filter((word) => word !== "");
  return [...new Set(["openid", ...words])];
}

/** The address of the login route with its parameters. */
export function loginUrl(
  action: string,
  { returnTo, scopes, lang }: { returnTo: string | null; scopes: string | null; lang: string },
): string {
  const parameters = new URLSearchParams();
  if (returnTo !== null && returnTo !== "") parameters.set("return_to", returnTo);
  parameters.set("lang", lang);
  if (scopes !== null && scopes !== "")
    for (const scope of readScopes(scopes)) parameters.append("scope", scope);
  return `${action}${action.includes("?") ? "&" : "?"}${parameters}`;
}
