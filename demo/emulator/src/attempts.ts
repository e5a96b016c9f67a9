import { randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import type { Answer } from "./auto-answers.js";
import { BoundedMap } from "./bounded-map.js";
import { basicItems, type Person } from "./people.js";
import type { People } from "./people-registry.js";
import { type CardKind, canSign } from "./signing/cards.js";
import type { AuthorizationRequest } from "./types.js";

/** The lifetime of an attempt, equal to that of the OP's interaction. */
export const ATTEMPT_SECONDS = 15 * 60;
/** The lifetime of a QR code. It can be renewed. */
export const TICKET_SECONDS = 3 * 60;
export const NUMBER_TRIES = 3;
export const PIN_TRIES = 3;
/** For the 署名用電子証明書: the real card locks it after five wrong PINs. */
export const SIGN_PIN_TRIES = 5;
/** The only PIN that the emulated card refuses. */
export const WRONG_PIN = "0000";
/** The same for the PIN of 6 to 16 letters and digits. */
export const WRONG_SIGN_PIN = "000000";

const MAX_ATTEMPTS = 10_000;

/** The stages of the phone. They only advance, in this order. */
export type Stage =
  | "waiting"
  | "number"
  | "start"
  | "pin"
  | "basic-pin"
  | "sign-pin"
  | "card"
  | "consent"
  | "signing"
  | "finished";

/** Why an attempt ended without consent. */
export type Failure =
  | "cancelled"
  | "number-mismatch"
  | "pin-locked"
  | "sign-pin-locked"
  | "sign-transaction-expired";

export type Outcome =
  | {
      readonly personId: string;
      /** The requested signature was created before this attempt. */
      readonly signedBefore: boolean;
    }
  | { readonly failure: Failure };

export interface Phone {
  readonly id: string;
  /** In a cookie of the phone's browser. */
  readonly secret: string;
  /** Whether the phone was opened by QR code from another device, or in the requesting browser. */
  readonly crossDevice: boolean;
}

/** One user's way through the pages, from the authorization request to the response. */
export interface Attempt {
  readonly uid: string;
  readonly request: AuthorizationRequest;
  readonly expiresAt: number;
  stage: Stage;
  ticket?: { readonly value: string; readonly expiresAt: number };
  phone?: Phone;
  /** Six digits, shown on the phone only. */
  number?: string;
  numberTries: number;
  pinTries: number;
  signPinTries: number;
  personId: string;
  /** The card that signs, if a signature was requested. */
  card: CardKind;
  outcome?: Outcome;
  /** Without any page. */
  answer?: Answer;
}

export type NumberResult = "right" | "wrong" | "malformed" | "no-phone" | "over";
export type PinResult = "right" | "wrong" | "malformed" | "locked" | "not-now";

const token = () => randomBytes(24).toString("base64url");

/** Normalizes typed digits: full-width digits, spaces and hyphens are accepted. */
function digits(text: string): string {
  // biome-ignore lint/plugin: typed by a person
  const narrow = text.slice(0, 64).normalize("NFKC");
  // biome-ignore lint/plugin: typed by a person
  return narrow.replace(/[\s\-‐‑–—―ー]/g, "");
}

/** The attempts of one emulator. `now` is in milliseconds. */
export class AttemptStore {
  readonly #now: () => number;
  readonly #byUid = new BoundedMap<string, Attempt>(MAX_ATTEMPTS);
  readonly #byPhone = new BoundedMap<string, Attempt>(MAX_ATTEMPTS);
  readonly #byTicket = new BoundedMap<string, Attempt>(MAX_ATTEMPTS);

  readonly #people: People;

  constructor(now: () => number, people: People) {
    this.#now = now;
    this.#people = people;
  }

  begin(uid: string, request: AuthorizationRequest): Attempt {
    const attempt: Attempt = {
      uid,
      request,
      expiresAt: this.#now() + ATTEMPT_SECONDS * 1000,
      stage: "waiting",
      numberTries: NUMBER_TRIES,
      pinTries: PIN_TRIES,
      signPinTries: SIGN_PIN_TRIES,
      card: "normal",
      personId: this.#people.list()[0]?.id ?? "",
    };
    this.#byUid.set(uid, attempt);
    return attempt;
  }

  find(uid: string): Attempt | undefined {
    return this.#alive(this.#byUid.get(uid));
  }

  /** The attempt of a phone, if its browser holds the right secret. */
  findByPhone(id: string, secret: string | undefined): Attempt | undefined {
    const attempt = this.#alive(this.#byPhone.get(id));
    const expected = attempt?.phone?.secret;
    return expected !== undefined && secret !== undefined && sameText(expected, secret) ? attempt : undefined;
  }

  /** Removes a completed attempt, whose response was passed to the OP. */
  forget(attempt: Attempt): void {
    this.#byUid.delete(attempt.uid);
    if (attempt.phone?.crossDevice === false) this.#byPhone.delete(attempt.phone.id);
    if (attempt.ticket !== undefined) this.#byTicket.delete(attempt.ticket.value);
  }

  #alive(attempt: Attempt | undefined): Attempt | undefined {
    return attempt !== undefined && attempt.expiresAt > this.#now() ? attempt : undefined;
  }

  /** The current content of the QR code, created on first use. `undefined` after a phone has opened it. */
  ticket(attempt: Attempt): Attempt["ticket"] {
    if (attempt.stage !== "waiting") return undefined;
    return attempt.ticket ?? this.renewTicket(attempt);
  }

  hasLapsed(ticket: NonNullable<Attempt["ticket"]>): boolean {
    return ticket.expiresAt <= this.#now();
  }

  /** QRコードを更新: the old code is no longer valid. */
  renewTicket(attempt: Attempt): Attempt["ticket"] {
    if (attempt.stage !== "waiting") return undefined;
    if (attempt.ticket !== undefined) this.#byTicket.delete(attempt.ticket.value);
    attempt.ticket = { value: token(), expiresAt: this.#now() + TICKET_SECONDS * 1000 };
    this.#byTicket.set(attempt.ticket.value, attempt);
    return attempt.ticket;
  }

  /** A phone opens the QR code, once and before it expires. The phone then shows the number. */
  openByTicket(value: string): Attempt | undefined {
    const attempt = this.#alive(this.#byTicket.get(value));
    if (attempt?.ticket === undefined || attempt.stage !== "waiting") return undefined;
    if (attempt.ticket.value !== value || this.hasLapsed(attempt.ticket)) return undefined;
    this.#byTicket.delete(value);
    attempt.number = String(randomInt(1_000_000)).padStart(6, "0");
    this.#open(attempt, true, "number");
    return attempt;
  }

  /** The app is opened on the requesting device. There is no number to type. */
  openHere(attempt: Attempt): boolean {
    if (attempt.stage !== "waiting") return attempt.phone?.crossDevice === false;
    if (attempt.ticket !== undefined) this.#byTicket.delete(attempt.ticket.value);
    this.#open(attempt, false, "start");
    return true;
  }

  #open(attempt: Attempt, crossDevice: boolean, stage: Stage): void {
    attempt.phone = { id: token(), secret: token(), crossDevice };
    attempt.stage = stage;
    this.#byPhone.set(attempt.phone.id, attempt);
  }

  /** The number typed on the computer. Compared in constant time, with few attempts. */
  enterNumber(attempt: Attempt, input: string): NumberResult {
    if (attempt.stage === "waiting") return "no-phone";
    if (attempt.stage !== "number" || attempt.number === undefined) {
      return attempt.stage === "finished" ? "over" : "right";
    }
    const typed = digits(input);
    if (!/^\d{6}$/.test(typed)) return "malformed";
    if (sameText(typed, attempt.number)) {
      attempt.stage = "start";
      return "right";
    }
    attempt.numberTries -= 1;
    if (attempt.numberTries > 0) return "wrong";
    this.fail(attempt, "number-mismatch");
    return "over";
  }

  /** はじめる */
  start(attempt: Attempt): void {
    if (attempt.stage === "start") attempt.stage = "pin";
  }

  /** A PIN typed on the phone. Three wrong PINs lock the emulated card. */
  enterPin(attempt: Attempt, input: string): PinResult {
    if (attempt.stage !== "pin" && attempt.stage !== "basic-pin") return "not-now";
    const pin = digits(input);
    if (!/^\d{4}$/.test(pin)) return "malformed";
    if (pin !== WRONG_PIN) {
      this.#pinAccepted(attempt);
      return "right";
    }
    attempt.pinTries -= 1;
    if (attempt.pinTries > 0) return "wrong";
    this.fail(attempt, "pin-locked");
    return "locked";
  }

  /** 直前と同じ番号を入力: the PIN that was just accepted is accepted here too. */
  enterSamePin(attempt: Attempt): void {
    if (attempt.stage === "basic-pin") this.#pinAccepted(attempt);
  }

  #pinAccepted(attempt: Attempt): void {
    const again = attempt.stage === "pin" && requestedItems(attempt.request).length > 0;
    attempt.stage = again ? "basic-pin" : asksSignature(attempt.request) ? "sign-pin" : "card";
    attempt.pinTries = PIN_TRIES;
  }

  /** The PIN of the 署名用電子証明書, not case-sensitive. Five wrong PINs lock it. */
  enterSignPin(attempt: Attempt, input: string): PinResult {
    if (attempt.stage !== "sign-pin") return "not-now";
    // biome-ignore lint/plugin: typed by a person
    const pin = input.slice(0, 64).normalize("NFKC").trim().toUpperCase();
    if (!/^[0-9A-Z]{6,16}$/.test(pin)) return "malformed";
    if (pin !== WRONG_SIGN_PIN) {
      attempt.stage = "card";
      return "right";
    }
    attempt.signPinTries -= 1;
    if (attempt.signPinTries > 0) return "wrong";
    this.fail(attempt, "sign-pin-locked");
    return "locked";
  }

  /** The people whose cards support the request. */
  wallet({ request }: Attempt): readonly Person[] {
    const people = this.#people.list();
    return asksSignature(request) ? people.filter(canSign) : people;
  }

  /** The user holds a card of the wallet to the phone. */
  holdCard(attempt: Attempt, personId: string, card: CardKind): boolean {
    if (attempt.stage !== "card" || !this.wallet(attempt).some(({ id }) => id === personId)) return false;
    attempt.personId = personId;
    attempt.card = card;
    attempt.stage = "consent";
    return true;
  }

  /** 許可: the card signs from now on. `false` if there is nothing to allow, or it was allowed before. */
  allow(attempt: Attempt): boolean {
    if (attempt.stage !== "consent") return false;
    attempt.stage = "signing";
    return true;
  }

  /** The card has done its part. */
  approve(attempt: Attempt, signedBefore: boolean): void {
    if (attempt.stage !== "signing") return;
    attempt.stage = "finished";
    attempt.outcome = { personId: attempt.personId, signedBefore };
  }

  /** 中止: not possible after the card has started to sign, because a signature cannot be undone. */
  cancel(attempt: Attempt): void {
    if (attempt.stage !== "signing") this.fail(attempt, "cancelled");
  }

  /** Ends an attempt permanently. */
  fail(attempt: Attempt, failure: Failure): void {
    if (attempt.stage === "finished") return;
    attempt.stage = "finished";
    attempt.outcome = { failure };
  }
}

/** The requested basic items, in their usual order. */
export function requestedItems(request: AuthorizationRequest): (typeof basicItems)[number][] {
  return basicItems.filter((item) => request.scopes.includes(item));
}

export function asksSignature({ scopes }: AuthorizationRequest): boolean {
  return scopes.includes("sign");
}

/** Compares in constant time. The length is not secret. */
function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
