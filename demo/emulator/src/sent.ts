/** A request of the site as it arrived, and how it was answered. */
export interface SentRequest {
  readonly endpoint: "authorization" | "token" | "userinfo";
  /** Of an authorization request the query, of a token request the form; the first value of each name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the answer, before a misbehaviour of the emulator; 0 if a fault of the endpoint came first. */
  readonly status: number;
  /** The OAuth error of the answer. */
  readonly error?: string;
  /** Why, in words that the service does not send. */
  readonly reason?: string;
}

const MAX_SENT = 200;

/** The latest requests of all sites, the oldest first. */
export class Sent {
  readonly #all: SentRequest[] = [];

  add(request: SentRequest): void {
    this.#all.push(request);
    if (this.#all.length > MAX_SENT) this.#all.shift();
  }

  list(): readonly SentRequest[] {
    return [...this.#all];
  }
}
