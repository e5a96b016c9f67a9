import type { AttemptStore } from "./attempts.js";
import type { AutoAnswers } from "./auto-answers.js";
import type { BoundedMap } from "./bounded-map.js";
import type { ClientRegistry } from "./clients.js";
import type { RealmKeys } from "./keys.js";
import type { Operator } from "./operator.js";
import type { People } from "./people-registry.js";
import type { Sent } from "./sent.js";
import type { Cards } from "./signing/cards.js";
import type { SignTransactions } from "./signing/transactions.js";
import type { Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

/** The path of the service (Keycloak), but with another realm name, so that the issuer is not mistaken for the service. */
export const realmPath = "/api/realms/honnin-emulator";

/** The mark in every token and in the discovery document, which identifies the emulator even if the issuer is changed. */
export const mark = { honnin_emulator: true } as const;

/** oidc-provider's login session. It is removed in both directions, so that each authorization asks the user again. */
export const sessionCookie = "emulator_session";

/** The data for signatures. */
export interface Signing {
  readonly cards: Cards;
  readonly transactions: SignTransactions;
  /** The CA certificates in PEM. */
  readonly anchors: string;
  /** Grant ID → the number of requests for a result that is delayed on request. */
  readonly asked: BoundedMap<string, number>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** The data that the parts of one emulator share. */
export interface Realm {
  readonly origin: string;
  readonly issuer: string;
  /** Whether the emulator has made the certificate of its https. */
  readonly ownCertificate: boolean;
  readonly operator: Operator;
  readonly clients: ClientRegistry;
  readonly keys: RealmKeys;
  readonly people: People;
  readonly answers: AutoAnswers;
  readonly attempts: AttemptStore;
  readonly signing: Signing;
  /** Grant ID → the misbehaviour selected on the test-card page, for everything that is issued for this grant. */
  readonly orders: BoundedMap<string, string>;
  readonly faults: Record<FaultyEndpoint, Fault>;
  readonly requests: RequestCounters;
  readonly sent: Sent;
  mode: Mode;
}

/** The endpoints for the configuration of a relying party. */
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
