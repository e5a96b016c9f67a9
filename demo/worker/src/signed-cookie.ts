import { readCookies } from "honnin/relying-party";

/** The cookie that identifies the signature whose result this browser may see. Its value is an ID that cannot be guessed. */
export interface SignedCookie {
  set(id: string): string;
  read(request: Request): string | undefined;
}

/** @param secure false on http loopback, where browsers store no `__Host-` cookies */
export function signedCookie(secure: boolean, seconds: number): SignedCookie {
  const name = secure ? "__Host-honnin-signed" : "honnin-signed";
  const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    set: (id) => `${name}=${id}; ${attributes}`,
    read(request) {
      const [found, double] = readCookies(request).filter((cookie) => cookie.name === name);
      // Two cookies with one name: one was planted, and it is unknown which.
      if (found === undefined || double !== undefined) return undefined;
      // The form of the IDs of Durable Objects.
      return /^[0-9a-f]{64}$/.test(found.value) ? found.value : undefined;
    },
  };
}
