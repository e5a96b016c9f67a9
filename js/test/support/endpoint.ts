// A JWKS endpoint and a clock that a test moves by hand.

/** A JWK that looks like one for signatures. */
export const aKey = { kty: "EC", crv: "P-256", x: "AA", y: "AA" };

export class Endpoint {
  readonly url = "https://op.example/certs";
  /** Seconds since 1970. */
  time = 1_800_000_000;
  fetches = 0;
  text = JSON.stringify({ keys: [aKey] });
  headers: Record<string, string> = {};
  /** Instead of an answer of status 200. */
  failure: (() => Response | Promise<Response>) | undefined;

  readonly now = () => this.time;

  readonly fetch = async (_url: string, _init: RequestInit): Promise<Response> => {
    this.fetches++;
    await new Promise((resolve) => setImmediate(resolve));
    return this.failure === undefined ? new Response(this.text, { headers: this.headers }) : this.failure();
  };

  /** Publishes another set; gives its text. */
  rotate(): string {
    this.text = JSON.stringify({ keys: [{ ...aKey, kid: `key of ${this.fetches} ${this.time}` }] });
    return this.text;
  }

  goDown(): void {
    this.failure = () => {
      throw new TypeError("fetch failed");
    };
  }

  goUp(): void {
    this.failure = undefined;
  }
}
