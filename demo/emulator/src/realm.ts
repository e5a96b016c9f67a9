import type { AttemptStore } from "./attempts.js";
import type { BoundedMap } from "./bounded-map.js";
import type { ClientRegistry } from "./clients.js";
import type { RealmKeys } from "./keys.js";
import type { Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

/** Below the origin; the service's own paths (Keycloak's). */
export const realmPath = "/api/realms/main";

/** oidc-provider's login session; withheld from browsers in both directions, so that each authorization asks anew. */
export const sessionCookie = "emulator_session";

/** Everything that the parts of one emulator share. */
export interface Realm {
  readonly origin: string;
  readonly issuer: string;
  readonly clients: ClientRegistry;
  readonly keys: RealmKeys;
  readonly attempts: AttemptStore;
  /** Grant id → the misbehaviour ordered on the test-card page, for all that is issued from that grant. */
  readonly orders: BoundedMap<string, string>;
  readonly faults: Record<FaultyEndpoint, Fault>;
  readonly requests: RequestCounters;
  mode: Mode;
}

/** The endpoints as a relying party must be configured with them. */
export function endpoints(issuer: string) {
  const protocol = `${issuer}/protocol/openid-connect`;
  return {
    issuer,
    authorizationEndpoint: `${protocol}/auth`,
    tokenEndpoint: `${protocol}/token`,
    userinfoEndpoint: `${protocol}/userinfo`,
    jwksUri: `${protocol}/certs`,
    discovery: `${issuer}/.well-known/openid-configuration`,
  };
}
