import type { Client } from "@honnin/emulator";
import type { RowResult } from "./result.js";

/** What to request: `http://localhost:3000/login`, or method, address and body: `POST http://localhost:3000/login a=b`. */
export interface Target {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly body?: string;
}

/** What a signed-in person sees: this page with this status and, if given, this text. */
export interface Sight {
  readonly url: URL;
  readonly status: number;
  readonly text?: string;
}

/** Where the service is that the site uses. */
export type Where =
  | {
      /** Started here, on the port that the site is configured for. */
      readonly port: number;
      readonly host?: string;
      readonly publicOrigin?: string;
      /** The site's public keys. */
      readonly jwks: Client["jwks"];
      /** Default: as the site's own request says. */
      readonly clientId?: string;
      readonly redirectUri?: string;
    }
  | {
      /** An emulator that runs, with the site registered. */
      readonly origin: string;
      readonly controlToken?: string;
    };

export interface CheckOptions {
  readonly login: Target;
  /** Checks signatures too. */
  readonly sign?: Target;
  readonly service: Where;
  /** A part of the action or of a button of the form to send, on a page with several. */
  readonly form?: string;
  /** Default: found by comparing. */
  readonly signedIn?: Sight;
  /** The same for a document that was signed. */
  readonly signed?: Sight;
  /** The ids of the rows; default: all. */
  readonly only?: readonly string[];
  /** For one request to the site; default 40 seconds. */
  readonly requestSeconds?: number;
  /** For everything; default 900 seconds. */
  readonly totalSeconds?: number;
  /** How long to wait for a site that is starting; default 15 seconds. */
  readonly waitSeconds?: number;
  /** Called after each row. */
  readonly onRow?: (result: RowResult) => void;
  /** Called when the service listens: the site can be started now. */
  readonly onService?: (issuer: string) => void;
}
