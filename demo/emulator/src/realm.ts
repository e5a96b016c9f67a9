import type { AttemptStore } from "./attempts.js";
import type { BoundedMap } from "./bounded-map.js";
import type { ClientRegistry } from "./clients.js";
import type { RealmKeys } from "./keys.js";
import type { Operator } from "./operator.js";
import type { Cards } from "./signing/cards.js";
import type { SignTransactions } from "./signing/transactions.js";
import type { Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

/** Below the origin: the service's own path (Keycloak's), but for the realm's name, so that nobody takes the issuer for the service's. */
export const realmPath = "/api/realms/honnin-emulator";

/** In every token and in the discovery document: a claim that says whose they are, also where the issuer is changed. */
export const mark = { honnin_emulator: true } as const;

/** oidc-provider's login session; withheld from browsers in both directions, so that each authorization asks anew. */
export const sessionCookie = "emulator_session";

/** What signatures need. */
export interface Signing {
  readonly cards: Cards;
  readonly transactions: SignTransactions;
  /** The authorities' certificates, PEM. */
  readonly anchors: string;
  /** Grant id → how often a result that was ordered to be late has been asked for. */
  readonly asked: BoundedMap<string, number>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Everything that the parts of one emulator share. */
export interface Realm {
  readonly origin: string;
  readonly issuer: string;
  readonly operator: Operator;
  readonly clients: ClientRegistry;
  readonly keys: RealmKeys;
  readonly attempts: AttemptStore;
  readonly signing: Signing;
  /** Grant id → the misbehaviour ordered on the test-card page, for all that is issued from that grant. */
  readonly orders: BoundedMap<string, string>;
  readonly faults: Record<FaultyEndpoint, Fault>;
  readonly requests: RequestCounters;
  mode: Mode;
}

/** The endpoints as a relying party must be configured with them. */
export function endpoints(issuer: string) {
  const protocol = `${issuer}/protocol/openid-connect`;
  const origin = issuer.slice(0, -realmPath.length);
  return {
    issuer,
    authorizationEndpoint: `${protocol}/auth`,
    tokenEndpoint: `${protocol}/token`,
    userinfoEndpoint: `${protocol}/userinfo`,
    jwksUri: `${protocol}/certs`,
    discovery: `${issuer}/.well-known/openid-configuration`,
    signTransactionsEndpoint: `${origin}/api/sign-transactions`,
    jpkiAnchors: `${origin}/emulator/jpki/anchors.pem`,
    jpkiCrl: `${origin}/emulator/jpki/sign.crl`,
    jpkiOcsp: `${origin}/emulator/jpki/ocsp`,
  };
}
