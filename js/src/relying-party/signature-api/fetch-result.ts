import {
  type BoundedFetchOptions,
  type BoundedResponse,
  boundedFetch,
  unavailable,
} from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import type { Environment } from "../../launch/environments.js";
import { mediaTypeOf } from "../../protocol-text.js";
import { secureUrl } from "../../secure-url.js";
import { checkAccessToken } from "../option-checks.js";
import { readJsonAnswer } from "../service/json-answer.js";
import { readNames, type SigningNames, type SigningNamesChoice } from "./names.js";
import { errorCodeOf } from "./refusal.js";
import { type RetryOptions, readRetries } from "./retries.js";
import { checkTransactionId } from "./transaction.js";

/** Options of {@link fetchSignatureResult}. */
export interface FetchSignatureResultOptions extends BoundedFetchOptions, RetryOptions {
  readonly environment: Pick<Environment, "signTransactionsEndpoint">;
  readonly transactionId: string;
  /** The user's access token, with the scope `sign`. */
  readonly accessToken: string;
  readonly names?: SigningNamesChoice | undefined;
}

/** Returns a new access token after one was refused; `undefined` if there is none. Called once. */
export type RenewToken = () => Promise<string | undefined>;

const name = "The signature endpoint";

/** As `fetchSignatureResult`, with a new access token if the service refuses the given one. */
export async function fetchResult(options: FetchSignatureResultOptions, renew: RenewToken): Promise<string> {
  const { environment, transactionId, timeout, maxBytes, fetch, wait } = options;
  const { attempts, delay, maxDelay } = readRetries(options);
  const names = readNames(options.names);
  checkTransactionId(transactionId);
  checkAccessToken(options.accessToken);
  const endpoint = secureUrl(environment.signTransactionsEndpoint, "signTransactionsEndpoint");
  const url = new URL(endpoint);
  url.pathname = `${endpoint.pathname.replace(/\/$/, "")}/${transactionId}/result`;
  let { accessToken } = options;
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json, application/jose" };
    const answer = await boundedFetch({ url, name, headers }, { timeout, maxBytes, fetch }).catch(asLater);
    if (answer instanceof HonninError || isLater(answer)) {
      if (attempt === attempts) throw answer instanceof HonninError ? answer : notYet(answer);
      const asked = answer instanceof HonninError ? 0 : retryAfter(answer);
      await backOff({ delay, maxDelay, wait }, attempt, asked);
      continue;
    }
    if (answer.status === 200) return readResult(answer, names);
    const other = answer.status === 401 && !renewed ? await renew() : undefined;
    if (other === undefined) throw refusal(answer, names);
    // The refused request does not count as an attempt.
    accessToken = other;
    renewed = true;
    attempt -= 1;
  }
}

/** Waits after a failed attempt: longer each time, or as long as `Retry-After`, within the limit. */
export async function backOff(
  { delay, maxDelay, wait = timer }: Pick<RetryOptions, "wait"> & { delay: number; maxDelay: number },
  attempt: number,
  asked = 0,
): Promise<void> {
  await wait(Math.min(Math.max(delay * 2 ** (attempt - 1), asked), maxDelay));
}

function timer(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

/** Returns an outage as a value and throws anything else, such as a redirect: a retry would not help. */
function asLater(error: unknown): HonninError {
  const passes =
    error instanceof HonninError && ["endpoint-unreachable", "endpoint-timeout"].includes(error.code);
  if (passes) return error;
  throw error;
}

function isLater({ status }: BoundedResponse): boolean {
  return isPending(status) || [408, 425, 429].includes(status) || status >= 500;
}

function isPending(status: number): boolean {
  return status === 202 || status === 204;
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3). A date is ignored. */
function retryAfter({ headers }: BoundedResponse): number {
  const value = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(value) ? Number(value) : 0;
}

function notYet({ status }: BoundedResponse): HonninError {
  if (isPending(status)) {
    return new HonninError(
      "signature-result-pending",
      "The result is not available yet. Try again in a moment.",
    );
  }
  return unavailable(name, `status ${status}`);
}

function refusal(answer: BoundedResponse, { errors }: SigningNames): HonninError {
  const { status } = answer;
  if (status < 400) return malformed(`has the status ${status}`);
  const code = errorCodeOf(answer);
  switch (code) {
    case undefined:
      break;
    case errors.wrongUser:
      return new HonninError(
        "signature-user-mismatch",
        "The person who signed is not the person who returned.",
      );
    case errors.transactionExpired:
      return new HonninError("signature-transaction-expired", "The transaction has expired.");
    case errors.transactionUsed:
      return new HonninError("signature-transaction-used", "The result was already collected.");
  }
  return new HonninError(
    "signature-result-refused",
    `${name} refused to return the result with status ${status}${code === undefined ? "" : `: ${code}`}.`,
  );
}

function readResult(answer: BoundedResponse, names: SigningNames): string {
  const isJose = mediaTypeOf(answer.headers) === "application/jose";
  const result = isJose ? answer.text : readJsonAnswer(answer, name)[names.result];
  if (typeof result !== "string" || !/^[\w-]+(\.[\w-]*){4}$/.test(result)) {
    throw malformed("is not a JWE in compact serialization");
  }
  return result;
}

function malformed(what: string): HonninError {
  return new HonninError("signature-result-malformed", `The response with the result ${what}.`);
}
