import { codeChallenge } from "./random.js";

/** The values of an authorization request, all of them checked. */
export interface CheckedRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Space-separated. */
  readonly scope: string;
  /** Space-separated. */
  readonly acrValues?: string | undefined;
  readonly signTransactionId?: string | undefined;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Further parameters. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** The URL of an authorization request (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3). */
export async function authorizationUrl(endpoint: URL, request: CheckedRequest): Promise<string> {
  const { acrValues, signTransactionId } = request;
  const parameters = {
    response_type: "code",
    scope: request.scope,
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    nonce: request.nonce,
    code_challenge: await codeChallenge(request.codeVerifier),
    code_challenge_method: "S256",
    ...(acrValues === undefined ? {} : { acr_values: acrValues }),
    ...(signTransactionId === undefined ? {} : { sign_transaction_id: signTransactionId }),
    ...request.extra,
  };
  const url = new URL(endpoint);
  const query = new URLSearchParams([...endpoint.searchParams, ...Object.entries(parameters)]);
  // "%20" instead of "+": on the way to an app, some URL code keeps the plus sign.
  url.search = query.toString().replaceAll("+", "%20");
  return url.href;
}
