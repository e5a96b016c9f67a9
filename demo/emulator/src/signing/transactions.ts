import { randomUUID } from "node:crypto";
import type { EventEmitter } from "node:events";
import { BoundedMap } from "../bounded-map.js";
import { EmulatorError } from "../errors.js";
import { asciiLowerCase } from "../protocol-text.js";
import type { CardKind } from "./cards.js";
import type { DataToSign } from "./data.js";

/** The default lifetime of a transaction in seconds. */
export const SIGN_TRANSACTION_SECONDS = 10 * 60;

const MAX_SIGN_TRANSACTION_SECONDS = 24 * 60 * 60;

/** @throws EmulatorError `lifetime-invalid` */
export function checkLifetime(seconds: unknown): number {
  const whole = typeof seconds === "number" && Number.isInteger(seconds);
  if (whole && seconds >= 1 && seconds <= MAX_SIGN_TRANSACTION_SECONDS) return seconds;
  throw new EmulatorError(
    "lifetime-invalid",
    `The lifetime of a signature transaction must be an integer from 1 to ${MAX_SIGN_TRANSACTION_SECONDS}, in seconds.`,
  );
}

const MAX_TRANSACTIONS = 10_000;
/** The maximum number of live transactions per client. */
export const MAX_LIVE_TRANSACTIONS = 1_000;

/** The output of the card. */
export interface SignedBy {
  readonly personId: string;
  readonly card: CardKind;
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
}

/** The signature of one document in progress. */
export interface SignTransaction {
  readonly id: string;
  readonly clientId: string;
  readonly data: DataToSign;
  /** Milliseconds. */
  expiresAt: number;
  signed?: SignedBy;
  /** `sending` while the result is being sent, `sent` after it was sent completely. */
  result: "kept" | "sending" | "sent";
}

/** The transactions of one emulator. `now` is in milliseconds. Ended transactions are kept for a while. */
export class SignTransactions {
  /** The lifetime in seconds of a transaction that starts now. */
  lifetime: number;
  readonly #now: () => number;
  readonly #all = new BoundedMap<string, SignTransaction>(MAX_TRANSACTIONS);

  constructor(now: () => number, lifetime: number) {
    this.#now = now;
    this.lifetime = lifetime;
  }

  /** `undefined` if the client already has too many. */
  start(clientId: string, data: DataToSign): SignTransaction | undefined {
    let live = 0;
    for (const other of this.#all.values()) {
      if (other.clientId === clientId && this.state(other) === "live") live += 1;
    }
    if (live >= MAX_LIVE_TRANSACTIONS) return undefined;
    const transaction: SignTransaction = {
      id: randomUUID(),
      clientId,
      data,
      expiresAt: this.#now() + this.lifetime * 1000,
      result: "kept",
    };
    this.#all.set(transaction.id, transaction);
    return transaction;
  }

  /** A transaction of this client; UUIDs are the same in upper case (RFC 9562 §4). */
  find(clientId: string, id: string): SignTransaction | undefined {
    const transaction = this.#all.get(asciiLowerCase(id));
    return transaction?.clientId === clientId ? transaction : undefined;
  }

  state(transaction: SignTransaction): "live" | "expired" | "used" {
    if (transaction.result === "sent") return "used";
    return transaction.expiresAt > this.#now() ? "live" : "expired";
  }

  /** While the result is being sent, no other request gets it. It counts as collected only after it was sent completely. */
  handOut(transaction: SignTransaction, response: Pick<EventEmitter, "once">): void {
    transaction.result = "sending";
    response.once("finish", () => {
      if (transaction.result === "sending") transaction.result = "sent";
    });
    response.once("close", () => {
      if (transaction.result === "sending") transaction.result = "kept";
    });
  }

  /** Ends a transaction early. */
  expire(transaction: SignTransaction): void {
    transaction.expiresAt = this.#now();
  }
}
