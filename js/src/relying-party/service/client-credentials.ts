import { requestTokens, type TokenRequestOptions, type Tokens } from "./token-request.js";

/** Options of {@link requestClientCredentialsToken}. */
export interface ClientCredentialsOptions extends TokenRequestOptions {
  /** Space-separated. Default: not sent. It is not confirmed whether the service requires it. */
  readonly scope?: string | undefined;
}

/**
 * Requests an access token for the client itself (RFC 6749 §4.4). It is the Bearer token to start a signature.
 *
 * @throws HonninError as {@link requestTokens}
 */
export async function requestClientCredentialsToken(options: ClientCredentialsOptions): Promise<Tokens> {
  const { scope } = options;
  return requestTokens(
    options,
    { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) },
    scope?.split(" "),
  );
}
