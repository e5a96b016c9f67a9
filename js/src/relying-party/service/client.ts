import type { Environment } from "../../launch/environments.js";
import type { Setup } from "../options/read-options.js";
import type { TokenRequestOptions } from "./token-request.js";

/** The client and its bounds, as every call to the service takes them. */
export async function clientOf(
  setup: Setup,
): Promise<TokenRequestOptions & { readonly environment: Environment }> {
  const { environment, clientId, clientKey, clientAssertionAudience, timeout, maxBytes, fetch } = setup;
  return {
    environment,
    clientId,
    clientKey: await clientKey.cryptoKey(),
    clientKeyAlgorithm: clientKey.algorithm,
    clientKeyId: clientKey.keyId,
    clientAssertionAudience,
    timeout,
    maxBytes,
    fetch,
    now: setup.now(),
  };
}
