import type { JsonWebKey } from "node:crypto";

/** A relying party as the service registers it. */
export interface Client {
  /** 1–255 of `[0-9a-zA-Z]`. */
  readonly clientId: string;
  /** Shown on the consent screen; 1–100 characters. */
  readonly name: string;
  /** http or https, each at most 255 characters, compared exactly. */
  readonly redirectUris: readonly string[];
  /**
   * Public keys only. For client authentication: RSA of 2048 bits or more, or EC P-256. With `use: "enc"`, for the
   * results of signatures: RSA of 2048 bits or more, or EC P-256, P-384, P-521; the first one is used.
   */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  /** Holds `client_assertion` to one algorithm; any of the three otherwise. */
  readonly tokenEndpointAuthSigningAlg?: ClientAlgorithm;
  /** `enc` of the results of signatures; default `A256GCM`. */
  readonly resultEncryption?: ResultEncryption;
}

export const clientAlgorithms = ["RS256", "PS256", "ES256"] as const;
export type ClientAlgorithm = (typeof clientAlgorithms)[number];

export const resultEncryptions = ["A128GCM", "A256GCM", "A128CBC-HS256"] as const;
export type ResultEncryption = (typeof resultEncryptions)[number];

/** What an authorization request leads to: the app's pages, or at once the テストカード代替機能. */
export const modes = ["app", "test-card"] as const;
export type Mode = (typeof modes)[number];

export const faultyEndpoints = [
  "jwks",
  "token",
  "userinfo",
  "signTransactions",
  "signResult",
  "ocsp",
] as const;
export type FaultyEndpoint = (typeof faultyEndpoints)[number];

/**
 * How an endpoint misbehaves towards everybody until `none` is set: no answer at all, 500, a right answer made too
 * large, broken JSON, or (`jwks` only) a JWK Set with a private key in it.
 */
export const faults = ["none", "slow", "fail", "oversized", "malformed", "private-key"] as const;
export type Fault = (typeof faults)[number];

export const countedEndpoints = [
  "discovery",
  "authorization",
  "token",
  "userinfo",
  "jwks",
  "signTransactions",
  "signResult",
] as const;
/** Requests answered so far, by endpoint. */
export type RequestCounters = Record<(typeof countedEndpoints)[number], number>;

/** What the realm stores of an authorization request while the person is at it. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly clientName: string;
  /** Requested scopes, all of them known. */
  readonly scopes: readonly string[];
  readonly acr: string | undefined;
  /** Given exactly with the scope `sign`. */
  readonly signTransactionId: string | undefined;
}

export type Language = "ja" | "en";
export type Bilingual = Readonly<Record<Language, string>>;
