// The endpoints of the tests' provider for signatures: a transaction is begun, signed, and its result fetched once.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bearer, json, textOf } from "../answers.js";

/** A signature as the provider knows it. */
export interface SignTransaction {
  /** What the card is handed. */
  readonly data: Uint8Array;
  signed: boolean;
  used: boolean;
}

/** Access tokens that count, by whose they are. */
interface Tokens {
  readonly users: ReadonlySet<string>;
  readonly client: ReadonlySet<string>;
}

export class SigningEndpoints {
  readonly transactions = new Map<string, SignTransaction>();
  /** Makes the JWE for what was signed. */
  seal: (data: Uint8Array) => string | Promise<string> = () => "no.jwe";
  /** How often the result of what is signed is not there yet. */
  late = 0;
  resultRequests = 0;
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** What the user does with the card. */
  sign(id: string): void {
    const transaction = this.transactions.get(id);
    if (transaction === undefined) throw new Error("no such transaction");
    transaction.signed = true;
  }

  async start(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    if (!this.#tokens.client.has(bearer(request))) return json(response, 401, { error: "invalid_token" });
    if (request.method !== "POST" || request.headers["content-type"] !== "application/json") {
      return json(response, 400, { error: "invalid_request" });
    }
    const { data, ...others } = JSON.parse(text) as Record<string, unknown>;
    if (typeof data !== "string" || Object.keys(others).length > 0) {
      return json(response, 400, { error: "invalid_request" });
    }
    const id = randomUUID();
    this.transactions.set(id, {
      data: new Uint8Array(Buffer.from(data, "base64")),
      signed: false,
      used: false,
    });
    json(response, 201, { id, expires_in: 600 });
  }

  /** Once: used as soon as the answer went out. */
  async result(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const transaction = this.transactions.get(/([^/]+)\/result$/.exec(request.url ?? "")?.[1] ?? "");
    if (request.method !== "GET" || !this.#tokens.users.has(bearer(request))) {
      return json(response, 401, { error: "invalid_token" });
    }
    if (transaction === undefined) return json(response, 404, { error: "not_found" });
    if (transaction.used) return json(response, 410, { error: "transaction_used" });
    if (!transaction.signed || this.late > 0) {
      if (transaction.signed) this.late -= 1;
      response.setHeader("retry-after", "1");
      return json(response, 202, { status: "pending" });
    }
    transaction.used = true;
    json(response, 200, { result: await this.seal(transaction.data) });
  }
}
