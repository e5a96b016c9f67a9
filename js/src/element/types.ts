import type { Launch } from "../launch/choose-launch.js";

/**
 * The states that the server reports: `waiting` (for a phone), `scanned` (the number is needed), `numbered`, `authorizing` (in the
 * app), `done`, `claimed`; the ends `lapsed`, `cancelled`, `refused` and `failed`.
 */
export type HandoffState =
  | "waiting"
  | "scanned"
  | "numbered"
  | "authorizing"
  | "done"
  | "claimed"
  | "lapsed"
  | "cancelled"
  | "refused"
  | "failed";

/**
 * The state of `<honnin-login>`: `idle` before the user begins, `starting` while the QR code is requested or, after a reload, the tab's
 * handoff is looked for, then the server's state.
 */
export type HonninState = HandoffState | "idle" | "starting";

/** `detail` of the event `honnin-state`. */
export interface HonninStateDetail {
  readonly state: HonninState;
}

/**
 * `detail` of the event `honnin-error`. The code is the server's, or one of the element's own: `handoff-unreachable` (no response),
 * `handoff-unavailable` (status 5xx), `handoff-response-malformed`, `options-invalid` (an attribute), `document-invalid` (no
 * document to sign).
 */
export interface HonninErrorDetail {
  readonly code: string;
}

/** The events of both elements. They bubble, and leave shadow trees. */
export interface HonninElementEventMap {
  "honnin-state": CustomEvent<HonninStateDetail>;
  "honnin-error": CustomEvent<HonninErrorDetail>;
}

/** The attributes that both elements have, as a framework's templates write them. */
export interface HonninElementAttributes {
  /** The path of the login or signing route. */
  action?: string | undefined;
  /** The path of your site to return to. */
  "return-to"?: string | undefined;
  /** `ja` or `en`. Without it, the nearest `lang` attribute of an ancestor. */
  lang?: string | undefined;
  /** Takes precedence over the guess of the device. */
  launch?: Launch | undefined;
  /** As React 19 and Svelte 5 write the handler of an event. */
  "onhonnin-state"?: ((event: HonninElementEventMap["honnin-state"]) => void) | undefined;
  "onhonnin-error"?: ((event: HonninElementEventMap["honnin-error"]) => void) | undefined;
}

/** The attributes of `<honnin-login>`. */
export interface HonninLoginAttributes extends HonninElementAttributes {
  /** The scopes to request, separated by spaces. `openid` is added. */
  scopes?: string | undefined;
  /** The path of the routes for a handoff to a phone. Without it, computers are redirected to the service. */
  handoff?: string | undefined;
  /** Requests the QR code without a press of the button. */
  autostart?: boolean | "" | undefined;
}

/** The attributes of `<honnin-sign>`. */
export interface HonninSignAttributes extends HonninElementAttributes {
  /** The ID of a document that the server offers and hashes. */
  document?: string | undefined;
  /** The hash of the user's own document, in lower-case hexadecimal. */
  digest?: string | undefined;
  "document-name"?: string | undefined;
  "document-type"?: string | undefined;
  "document-size"?: string | number | undefined;
}

/** The elements and their attributes, for the declarations of frameworks. */
export interface HonninElements {
  "honnin-login": HonninLoginAttributes;
  "honnin-sign": HonninSignAttributes;
}

/** What both elements have as properties. Each reflects the attribute of its name. */
export interface HonninElement extends HTMLElement {
  /** The path of the login or signing route: `/auth/login` or `/auth/sign` without the attribute. */
  action: string;
  /** The path of your site to return to; empty for the handler's own. */
  returnTo: string;
  /** Takes precedence over the guess of the device; empty for the guess. */
  launch: Launch | "";
}

/**
 * `<honnin-login>`: the button that opens the app on a phone, and on a computer the redirect to the service or, with `handoff`, the QR
 * code of your own site with all states of the handoff.
 *
 * Its content is what browsers without JavaScript show: put an ordinary link to the login route there.
 */
export interface HonninLogin extends HonninElement {
  /** The scopes to request, separated by spaces; empty for the handler's own. */
  scopes: string;
  /** The path of the routes for a handoff; empty for none. */
  handoff: string;
  /** Whether the QR code is requested without a press of the button. */
  autostart: boolean;
  /** The state of the handoff; `idle` without one. */
  readonly state: HonninState;
  /** Requests a QR code. Nothing happens without `handoff`. */
  start(): void;
  /** Ends the handoff. */
  cancel(): void;
}

/**
 * `<honnin-sign>`: the button that sends a document's hash, or the ID of a document of your server, to the signing route. Signing
 * always continues at the service, which shows its own QR code on a computer.
 *
 * Its content is what browsers without JavaScript show. Hidden fields of a form in it are sent too, for `mayStart` and `method`.
 */
export interface HonninSign extends HonninElement {
  /** The ID of a document that the server offers and hashes. */
  document: string;
  /** The hash of the user's own document, in lower-case hexadecimal. */
  digest: string;
  documentName: string;
  documentType: string;
  /** Bytes. */
  documentSize: string;
}
