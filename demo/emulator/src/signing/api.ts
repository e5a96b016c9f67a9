import type { ServerResponse } from "node:http";
import { readBearer } from "../access-tokens.js";
import { type Exchange, type Handler, HttpError, readJson, refuseHead, sendJson } from "../http.js";
import { oversized, wholeAnswers } from "../misbehaviours/answers.js";
import type { Provider } from "../provider.js";
import type { Realm } from "../realm.js";
import { canSign } from "./cards.js";
import { readDataToSign } from "./data.js";
import { encryptionKeyOf, seal } from "./jwe.js";
import { contentText } from "./misbehaviours/content.js";
import type { Content, SigningMisbehaviour } from "./misbehaviours/kinds.js";
import { findSigningMisbehaviour } from "./misbehaviours.js";
import type { SignedBy, SignTransaction } from "./transactions.js";

/** An error response, with a code and a text for the developer. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, description: string, headers: Record<string, string> = {}) {
    super(description);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** RFC 6750 §3. */
function bearerRefusal(status: number, code: string, description: string): Refusal {
  return new Refusal(status, code, description, { "www-authenticate": `Bearer error="${code}"` });
}

/** The signing API (署名API): starts a transaction for a client, and returns the result for the person who signed. */
export function signingRoutes(
  realm: Realm,
  provider: Provider,
): [method: string, path: string, handler: Handler][] {
  const { signing, clients } = realm;
  const { transactions } = signing;

  /** oidc-provider's handle from the token in the header. */
  const handleOf = async ({ request }: Exchange): Promise<string> =>
    (await readBearer(realm, request.headers.authorization)) ?? "";
  const invalidToken = () =>
    bearerRefusal(401, "invalid_token", "The access token is missing, expired or not one for this endpoint");

  const start: Handler = async (exchange) => {
    const token = await provider.ClientCredentials.find(await handleOf(exchange));
    const client = clients.find(token?.clientId ?? "");
    if (token === undefined || !token.isValid || client === undefined) throw invalidToken();
    const body = await readJson(exchange.request);
    const member = typeof body === "object" && body !== null && "data" in body ? body.data : undefined;
    const data = readDataToSign(member);
    if (data === undefined) {
      throw new Refusal(
        400,
        "invalid_request",
        "data must be base64 of a SHA-256 or SHA-384 hash, or of its DigestInfo",
      );
    }
    if (encryptionKeyOf(client) === undefined) {
      throw new Refusal(
        403,
        "unauthorized_client",
        'The client has registered no key with use "enc" for the result',
      );
    }
    const transaction = transactions.start(client.clientId, data);
    if (transaction === undefined) {
      throw new Refusal(429, "too_many_requests", "The client has too many open transactions", {
        "retry-after": "60",
      });
    }
    const answer = { id: transaction.id, expires_in: transactions.lifetime };
    if (realm.faults.signTransactions === "oversized") return oversized(exchange.response, answer);
    sendJson(exchange.response, 201, answer);
  };

  /** Checks who may get the result, and finds the selected misbehaviour of the token's authorization. */
  const permitted = async (exchange: Exchange) => {
    const token = await provider.AccessToken.find(await handleOf(exchange));
    const client = clients.find(token?.clientId ?? "");
    if (token === undefined || !token.isValid || client === undefined) throw invalidToken();
    if (!token.scopes.has("sign")) {
      throw bearerRefusal(403, "insufficient_scope", "The access token lacks the scope sign");
    }
    const person = realm.people.ofSubject(client.clientId, token.accountId);
    const grantId = token.grantId ?? "";
    return { client, person, grantId, order: findSigningMisbehaviour(realm.orders.get(grantId)) };
  };

  const result: Handler = async (exchange) => {
    const { response, params } = exchange;
    refuseHead(exchange);
    const { client, person, grantId, order } = await permitted(exchange);
    const transaction = transactions.find(client.clientId, params.id ?? "");
    if (transaction === undefined) throw new Refusal(404, "not_found", "There is no such transaction");
    const state = transactions.state(transaction);
    if (state === "used") {
      throw new Refusal(410, "transaction_used", "The result was already collected");
    }
    if (state === "expired") throw new Refusal(410, "transaction_expired", "The transaction has expired");
    const { signed } = transaction;
    if (signed !== undefined && signed.personId !== person?.id) {
      throw new Refusal(403, "wrong_user", "The transaction was signed by another person");
    }
    if (signed === undefined || askedTooEarly(grantId, order)) return pending(response);
    const right = { result: await sealed(client, transaction, signed, order) };
    if (realm.faults.signResult === "oversized") return oversized(response, right);
    if (order?.target === "result") return order.apply(response, right);
    if (order === undefined || order.target === "circumstances") {
      if (transaction.result !== "kept" || response.destroyed) return pending(response);
      transactions.handOut(transaction, response);
    }
    sendJson(response, 200, right);
  };

  const pending = (response: ServerResponse): void => {
    response.setHeader("retry-after", "1");
    sendJson(response, 202, { status: "pending" });
  };

  const askedTooEarly = (grantId: string, order: SigningMisbehaviour | undefined): boolean => {
    if (order?.target !== "circumstances" || order.pending === undefined) return false;
    const asked = signing.asked.get(grantId) ?? 0;
    signing.asked.set(grantId, asked + 1);
    return asked < order.pending;
  };

  const sealed = async (
    client: NonNullable<ReturnType<typeof clients.find>>,
    { data }: SignTransaction,
    { personId, card, signature, certificate }: SignedBy,
    order: SigningMisbehaviour | undefined,
  ): Promise<string> => {
    const key = encryptionKeyOf(client);
    // `start` refuses clients without a key. One that was registered anew without a key gets no result.
    if (key === undefined) throw new HttpError(500, "internal");
    const signAgain: Content["signAgain"] = async (other) => {
      const person = realm.people.find(personId);
      if (person === undefined || !canSign(person)) throw new HttpError(500, "internal");
      return (await signing.cards.sign(person, card, other)).signature;
    };
    const text =
      order?.target === "content"
        ? await order.apply({ signature, certificate, data, signAgain })
        : contentText(signature, certificate);
    const plaintext = new TextEncoder().encode(text);
    const enc = client.resultEncryption ?? "A256GCM";
    return order?.target === "jwe" ? order.apply(plaintext, key, enc) : seal(key, enc, plaintext);
  };

  /** Counts requests, applies the selected faults, and returns errors as JSON. */
  const endpoint =
    (name: "signTransactions" | "signResult", handler: Handler): Handler =>
    async (exchange) => {
      const { response } = exchange;
      realm.requests[name] += 1;
      const wrong = wholeAnswers[realm.faults[name]];
      if (wrong !== undefined) return wrong(response);
      try {
        await handler(exchange);
      } catch (error) {
        if (error instanceof Refusal) {
          for (const [header, value] of Object.entries(error.headers)) response.setHeader(header, value);
          return sendJson(response, error.status, { error: error.code, error_description: error.message });
        }
        if (!(error instanceof HttpError) || error.status >= 500 || error.status === 405) throw error;
        if (error.status === 413) response.setHeader("connection", "close");
        sendJson(response, error.status, {
          error: "invalid_request",
          error_description: "The request must be application/json of at most 64 KiB",
        });
      }
    };

  return [
    ["POST", "/api/sign-transactions", endpoint("signTransactions", start)],
    ["GET", "/api/sign-transactions/:id/result", endpoint("signResult", result)],
  ];
}
