import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** Options of {@link requestClientCredentialsToken}. */
export interface ClientCredentialsOptions extends TokenRequestOptions {
  /** Space-separated. Default: not sent. It is not confirmed whether the service requires it. */
  readonly scope?: string | undefined;
}

/**
 * Requests an access token for the client itself (RFC 6749 §4.4). It is the Bearer token to start a signature.
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
