// What a row of the table of foreign answers is made of; docs/answers.md tells the same rows, with their sources.
import type { JWK } from "jose";
import type { RelyingPartyOptions } from "../../../src/relying-party/index.js";

/** An answer over HTTP. A body that is no text is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the service would say if it were the one that the handler is made for. */
export interface Ordinary {
  readonly issuer: string;
  readonly sub: string;
  /** Members of the token endpoint's answer. */
  readonly tokens: { readonly access_token: string; readonly id_token: string };
  /** Members of the userinfo answer. */
  readonly person: Readonly<Record<string, unknown>>;
  /** The public key that signs ID tokens. */
  readonly key: JWK;
}

export interface Answers {
  /** Parameters of the authorization response besides `state`. */
  readonly authorization: Readonly<Record<string, string>>;
  readonly token: Answer;
  readonly userinfo: Answer | ((request: Headers) => Answer);
  readonly keys: Answer;
}

/** What `onLogin` gets, as far as a row is about it. */
export interface Expected {
  readonly expiresIn?: number | undefined;
  readonly refreshToken?: string | undefined;
  readonly grantedScopes?: readonly string[];
  /** Items by name; `undefined` if one has to be missing. */
  readonly user?: Readonly<Record<string, unknown>>;
}

export interface Row {
  /** As in the first column of docs/answers.md. */
  readonly id: string;
  readonly options?: Partial<RelyingPartyOptions>;
  readonly idToken?: {
    readonly alg?: "ES256" | "RS256" | "HS256";
    /** `undefined` leaves a claim out. */
    readonly claims?: Readonly<Record<string, unknown>>;
  };
  /** Where the answers differ from the ordinary ones. */
  readonly answers?: (ordinary: Ordinary) => Partial<Answers>;
  /** A login, or the code and the HTTP status of the page. */
  readonly outcome: { readonly login: Expected } | { readonly code: string; readonly status: number };
}

/** The scopes that every row asks for. */
export const asked = ["openid", "name", "address", "birthdate", "gender"] as const;
