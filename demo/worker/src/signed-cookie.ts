/** The cookie that tells which signature's result this browser may see; its value is an id that nobody can guess. */
export interface SignedCookie {
  set(id: string): string;
  read(request: Request): string | undefined;
}

/** @param secure false on plain-http loopback, where browsers keep no `__Host-` cookies */
export function signedCookie(secure: boolean, seconds: number): SignedCookie {
  const name = secure ? "__Host-honnin-signed" : "honnin-signed";
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    set: (id) => `${name}=${id}; ${attributes}`,
    read(request) {
      const cookies = (request.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
      const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
      // As Durable Objects write their ids.
      return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
    },
  };
}
