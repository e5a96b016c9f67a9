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
  /** The only algorithm accepted for `client_assertion`. Default: any of the three. */
  readonly tokenEndpointAuthSigningAlg?: ClientAlgorithm;
  /** `enc` of the results of signatures; default `A256GCM`. */
  readonly resultEncryption?: ResultEncryption;
}

export const clientAlgorithms = ["RS256", "PS256", "ES256"] as const;
export type ClientAlgorithm = (typeof clientAlgorithms)[number];

export const resultEncryptions = ["A128GCM", "A256GCM", "A128CBC-HS256"] as const;
export type ResultEncryption = (typeof resultEncryptions)[number];

/** The page after an authorization request: the app's pages, or directly the テストカード代替機能. */
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
 * The fault of an endpoint for every client until `none` is set: no response, 500, a correct response that is too large,
 * malformed JSON, or (`jwks` only) a JWK Set with a private key.
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
/** The number of handled requests by endpoint. */
export type RequestCounters = Record<(typeof countedEndpoints)[number], number>;

/** The data of an authorization request that the realm stores during the interaction. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly clientName: string;
  /** Requested scopes, all of them known. */
  readonly scopes: readonly string[];
  readonly acr: string | undefined;
  /** Set if and only if the scopes contain `sign`. */
  readonly signTransactionId: string | undefined;
}

export type Language = "ja" | "en";
export type Bilingual = Readonly<Record<Language, string>>;
