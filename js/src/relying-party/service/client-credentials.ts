import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** What {@link requestClientCredentialsToken} needs. */
export interface ClientCredentialsOptions extends TokenRequestOptions {
  /** Separated by spaces. Default: none is sent; whether the service wants one is not confirmed. */
  readonly scope?: string | undefined;
}

/**
 * Gets an access token for the client itself (RFC 6749 §4.4): the Bearer for starting a signature.
 *
 * @throws HonninError `token-request-refused` (the message names the error code of RFC 6749 §5.2), `endpoint-unreachable`,
 *   `endpoint-unavailable`, `endpoint-timeout`, `response-too-large`, `response-malformed`, `client-key-invalid`, `options-invalid`
 *
 * @example
 * ```ts
 * import { environments } from "honnin/launch";
 * import { type ClientOptions, requestClientCredentialsToken } from "honnin/relying-party";
 *
 * export async function ownToken(client: ClientOptions): Promise<string> {
 *   const environment = environments.sandbox;
 *   const { accessToken } = await requestClientCredentialsToken({ ...client, environment });
 *   return accessToken;
 * }
 * ```
 */
export async function requestClientCredentialsToken(options: ClientCredentialsOptions): Promise<Tokens> {
  const { scope } = options;
  return requestTokens(
    options,
    { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) },
    scope?.split(" "),
  );
}
