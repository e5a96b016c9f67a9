import type { Fetch } from "../../bounded-fetch.js";
import type { Environment } from "../../launch/environments.js";
import type { ClientKey } from "./client-key.js";
import type { TokenRequestOptions } from "./token-request.js";

/** The handler as a client of the service: its identity, and the limits of its calls. */
export interface ServiceClient {
  readonly environment: Environment;
  readonly clientId: string;
  readonly clientKey: ClientKey;
  readonly clientAssertionAudience: string;
  readonly timeout: number | undefined;
  readonly maxBytes: number | undefined;
  readonly fetch: Fetch | undefined;
  /** Unix time in whole seconds. */
  now(): number;
}

/** The client and its limits, for every call that needs client authentication. */
export function asClient({
  now,
  ...client
}: ServiceClient): TokenRequestOptions & { readonly environment: Environment } {
  return { ...client, now: now() };
}
