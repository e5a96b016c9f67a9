import { readCookies } from "honnin/relying-party";

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
      const [found, double] = readCookies(request).filter((cookie) => cookie.name === name);
      // Two of one name: one of them was planted, and nothing says which.
      if (found === undefined || double !== undefined) return undefined;
      // As Durable Objects write their ids.
      return /^[0-9a-f]{64}$/.test(found.value) ? found.value : undefined;
    },
  };
}
