import { toBase64 } from "../../base64.js";
import { type BoundedFetchOptions, type BoundedResponse, boundedFetch, outage } from "../../bounded-fetch.js";
import { HonninError } from "../../error.js";
import type { Environment } from "../../launch/environments.js";
import { secureUrl } from "../../secure-url.js";
import { type Now, readNow } from "../../time.js";
import { asBytes } from "../../verifier/bytes.js";
import type { Bytes } from "../../verifier/parts.js";
import { checkAccessToken, invalid } from "../option-checks.js";
import type { ClientOptions } from "../service/client-key.js";
import { readJsonAnswer } from "../service/json-answer.js";
import { requestTokens } from "../service/token-request.js";
import { digestInfo } from "./digest-info.js";
import { hashBytes, readMethod, type SigningMethod } from "./method.js";
import { readNames, type SigningNamesChoice } from "./names.js";
import { errorCodeOf } from "./refusal.js";
import { isUuid, type SignatureTransaction } from "./transaction.js";

/** Options of {@link startSignature}. */
export interface StartSignatureOptions extends ClientOptions, BoundedFetchOptions, SigningMethod {
  readonly environment: Pick<Environment, "tokenEndpoint" | "signTransactionsEndpoint">;
  /** The digest of the document with the hash algorithm of the method: 32 bytes (SHA-256), or 48 bytes (SHA-384) for `ecdsa-p384-sha384`. */
  readonly digest: Bytes;
  /** An access token of the client itself. Default: one is requested with client credentials. */
  readonly accessToken?: string | undefined;
  /** `scope` of the request for that token. Default: not sent. */
  readonly clientCredentialsScope?: string | undefined;
  readonly names?: SigningNamesChoice | undefined;
  /** The current time: a `Date`, Unix time in seconds, or a function that returns one of these and is called once. Default: the clock. */
  readonly now?: Now | undefined;
}

const name = "The signature endpoint";

/** As `startSignature`. */
export async function startTransaction(options: StartSignatureOptions): Promise<SignatureTransaction> {
  const { environment, timeout, maxBytes, fetch } = options;
  const { hash, ...method } = readMethod(options);
  const names = readNames(options.names);
  const digest = asBytes(options.digest, "digest");
  if (digest?.length !== hashBytes[hash])
    throw invalid("digest", `be a ${hash} digest of ${hashBytes[hash]} bytes`);
  const url = secureUrl(environment.signTransactionsEndpoint, "signTransactionsEndpoint");
  const now = readNow(options.now);
  const base64 = toBase64(digest);
  const body = method.form === "bare" ? base64 : toBase64(digestInfo(hash, digest));
  const response = await boundedFetch(
    {
      url,
      name,
      method: "POST",
      headers: {
        authorization: `Bearer ${await ownToken({ ...options, now })}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ [names.data]: body }),
    },
    { timeout, maxBytes, fetch },
  );
  if (response.status !== 200 && response.status !== 201) throw refusal(response);
  const { [names.id]: id } = readJsonAnswer(response, name);
  if (!isUuid(id)) {
    throw new HonninError(
      "response-malformed",
      `The response of ${name} has no UUID in the member "${names.id}".`,
    );
  }
  return { id, digest: base64, hash, ...method, startedAt: Math.floor(now) };
}

async function ownToken(options: StartSignatureOptions): Promise<string> {
  const { accessToken, clientCredentialsScope: scope } = options;
  if (accessToken === undefined) {
    // As `requestClientCredentialsToken`, whose file every login would load if the code of signatures imported it too: the entry exports it.
    const grant = { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) };
    return (await requestTokens(options, grant, scope?.split(" "))).accessToken;
  }
  checkAccessToken(accessToken);
  return accessToken;
}

function refusal(response: BoundedResponse): HonninError {
  const { status } = response;
  if (status < 400) {
    return new HonninError("response-malformed", `${name} returned status ${status}.`);
  }
  const code = errorCodeOf(response);
  return (
    outage(response, name) ??
    new HonninError(
      "signature-transaction-refused",
      `${name} refused the request with status ${status}${code === undefined ? "" : `: ${code}`}.`,
    )
  );
}
