import { isObject } from "../../strict-json.js";
import { digestOf, hex } from "../digest.js";
import type { IsRevoked, Json, Session } from "../hooks.js";
import { type CookieOwner, clearCookie, cookiePrefix, readCookies, setCookie } from "../http/cookies.js";
import { problem } from "../problem.js";
import type { Sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";

/**
 * Browsers store cookies of 4,096 bytes (RFC 6265 §6.1), but servers accept a header of 8 KiB for all cookies together. This
 * limit leaves room for logins and signatures in progress. It includes the attributes.
 */
const MAX_COOKIE_BYTES = 3_584;
/** Seconds by which the clock of another instance may be ahead. */
const CLOCK_TOLERANCE = 60;
/** A session is renewed after a tenth of the idle limit or this many seconds, whichever is less. */
const MAX_RENEWAL_INTERVAL = 300;

/** The content of the cookie. */
interface Sealed {
  readonly id: string;
  /** Issued at: Unix time in seconds. */
  readonly iat: number;
  /** The latest end, even if `sessionLifetime` is raised later: Unix time in seconds. */
  readonly exp: number;
  /** The last use that caused a renewal: Unix time in seconds. */
  readonly seen: number;
  /** A digest of `sub`, for comparison. */
  readonly who: string;
  readonly data: Json;
}

/** A session with the data that only the handler sees. */
export interface KnownSession {
  readonly session: Session;
  /** A digest of `sub`. */
  readonly who: string;
}

/** A digest of 128 bits, to compare persons without storing `sub`. */
export function personDigest(sub: string): Promise<string> {
  return digestOf(`sub ${sub}`, 16);
}

/** Options of {@link Sessions}. */
export interface SessionOptions {
  readonly owner: CookieOwner;
  readonly sealer: Sealer;
  /** Seconds. */
  readonly lifetime: number;
  /** Seconds. */
  readonly idleLimit: number | undefined;
  /** Stores which sessions were ended. */
  readonly store: Store | undefined;
  readonly isRevoked: IsRevoked | undefined;
  /** Unix time in whole seconds. */
  now(): number;
}

/** Sessions. Each one is stored in its cookie, and is valid until something ends it. */
export class Sessions {
  readonly #options: SessionOptions;
  readonly #name: string;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#name = `${cookiePrefix(options.owner.secure)}honnin-session-${options.owner.tag}`;
  }

  /**
   * The `Set-Cookie` header of a new session.
   *
   * @throws HonninError `options-invalid` if the session is not JSON, or too large for a cookie
   */
  async begin(data: unknown, sub: string): Promise<string> {
    if (toJson(data) === undefined) {
      throw await problem("options-invalid", ["not-data"]);
    }
    const iat = this.#options.now();
    const exp = iat + this.#options.lifetime;
    const who = await personDigest(sub);
    const cookie = await this.#cookieOf({ id: randomId(), iat, exp, seen: iat, who, data: data as Json });
    if (cookie.length > MAX_COOKIE_BYTES) {
      throw await problem("options-invalid", ["long-data", cookie.length, MAX_COOKIE_BYTES]);
    }
    return cookie;
  }

  /** The `Set-Cookie` header that ends the session. */
  end(): string {
    return clearCookie({ name: this.#name }, this.#options.owner);
  }

  /**
   * Ends the session of a request. With a store, this includes copies of the cookie.
   *
   * @throws HonninError `store-full`, `store-unreachable`
   */
  async revoke(request: Request): Promise<void> {
    const { store, now } = this.#options;
    if (store === undefined) return;
    const sealed = await this.#open(request);
    if (sealed === undefined) return;
    const left = sealed.exp - now() + CLOCK_TOLERANCE;
    await store.create(keyOf(sealed), "revoked", left);
  }

  /** The session of a request; `undefined` if there is none, if it has ended, and on any error. */
  async read(request: Request): Promise<KnownSession | undefined> {
    try {
      const { store, isRevoked } = this.#options;
      const sealed = await this.#open(request);
      if (sealed === undefined) return undefined;
      const { id, iat: issuedAt, data, who } = sealed;
      const kept = (await store?.get(keyOf(sealed))) ?? undefined;
      if (kept !== undefined) return undefined;
      // The hook gets an object of its own: it may freeze or keep it.
      // Anything other than false ends the session, including an error.
      if (isRevoked !== undefined && (await isRevoked({ id, issuedAt, data }, request)) !== false)
        return undefined;
      const session: Session = { id, issuedAt, data };
      const renewal = await this.#renew(sealed);
      // Not enumerable, so that the JSON of a session does not show an HttpOnly cookie to scripts.
      if (renewal !== undefined) Object.defineProperty(session, "renewal", { value: renewal });
      return { session, who };
    } catch {
      return undefined;
    }
  }

  /** The session in the request's cookie, without asking the store and the site: for ending it. */
  async sealed(request: Request): Promise<Session | undefined> {
    const sealed = await this.#open(request);
    return sealed === undefined ? undefined : { id: sealed.id, issuedAt: sealed.iat, data: sealed.data };
  }

  async #open(request: Request): Promise<Sealed | undefined> {
    const [cookie, double] = readCookies(request).filter(({ name }) => name === this.#name);
    // Two cookies with one name: one was planted, and it is unknown which.
    if (cookie === undefined || double !== undefined) return undefined;
    const { sealer, lifetime, idleLimit = lifetime } = this.#options;
    const opened = await sealer.open(cookie.value);
    if (!isObject(opened)) return undefined;
    const { id, iat, exp, seen, who, data } = opened as Partial<Sealed>;
    if (typeof id !== "string" || typeof iat !== "number" || typeof seen !== "number") return undefined;
    if (typeof exp !== "number" || typeof who !== "string" || data === undefined) return undefined;
    const now = this.#options.now();
    if (!(now >= iat - CLOCK_TOLERANCE && now < Math.min(exp, iat + lifetime))) return undefined;
    if (!(now >= seen - CLOCK_TOLERANCE && now < seen + idleLimit)) return undefined;
    return { id, iat, exp, seen, who, data };
  }

  /** Not on every request: a new cookie in every response would have no benefit. */
  async #renew(sealed: Sealed): Promise<string | undefined> {
    const { idleLimit } = this.#options;
    const now = this.#options.now();
    if (idleLimit === undefined) return undefined;
    if (now - sealed.seen < Math.min(idleLimit / 10, MAX_RENEWAL_INTERVAL)) return undefined;
    return this.#cookieOf({ ...sealed, seen: now });
  }

  async #cookieOf(sealed: Sealed): Promise<string> {
    const { sealer, owner, lifetime, idleLimit = lifetime } = this.#options;
    const left = Math.min(sealed.exp, sealed.iat + lifetime) - sealed.seen;
    const value = await sealer.seal(sealed);
    const maxAge = Math.min(left, idleLimit);
    return setCookie({ name: this.#name, value, maxAge, secure: owner.secure });
  }
}

function keyOf({ id }: Pick<Sealed, "id">): string {
  return `session:${id}`;
}

function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
