import type { ServerResponse } from "node:http";
import type { RealmKeys } from "../keys.js";
import type { Bilingual } from "../types.js";

/** An ID token about to be signed. */
export interface Draft {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

/** What the test-card page offers; the id is what is sent. */
export interface Common {
  readonly id: string;
  readonly title: Bilingual;
}

/** Gives the whole serialized token instead of the right one; `undefined` leaves it out of the response. */
export interface IdTokenMisbehaviour extends Common {
  readonly target: "id-token";
  readonly apply: (draft: Draft, keys: RealmKeys) => string | undefined;
}

/** Answers instead of the endpoint; `right` is what the endpoint would have answered. */
export type WrongAnswer = (response: ServerResponse, right: Record<string, unknown>) => void;

export interface EndpointMisbehaviour extends Common {
  readonly target: "token" | "userinfo";
  readonly apply: WrongAnswer;
}

/** Rewrites the redirect to the client. */
export interface AuthorizationMisbehaviour extends Common {
  readonly target: "authorization-response";
  readonly apply: (callback: URL) => string;
}

export type Misbehaviour = IdTokenMisbehaviour | EndpointMisbehaviour | AuthorizationMisbehaviour;
