import type { Common, WrongAnswer } from "../../misbehaviours/kinds.js";
import type { CardKind } from "../cards.js";
import type { DataToSign } from "../data.js";
import type { EncryptionKey } from "../jwe.js";

/** What can happen to anybody: the service itself does nothing wrong. */
export interface SigningCircumstances extends Common {
  readonly target: "circumstances";
  /** Ends on the phone, and nothing is signed. */
  readonly failure?: "cancelled" | "sign-pin-locked";
  readonly card?: CardKind;
  /** Somebody else signs than the person who then logs in. */
  readonly otherUser?: true;
  /** The transaction ends before the result is fetched. */
  readonly expires?: true;
  /** How often the result is asked for in vain. */
  readonly pending?: number;
}

/** What the result holds: what the card gave, and the card itself to sign something else. */
export interface Content {
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
  readonly data: DataToSign;
  readonly signAgain: (data: Pick<DataToSign, "bytes" | "hash">) => Promise<Uint8Array>;
}

/** Gives the plaintext that is encrypted instead of the right one. */
export interface ContentMisbehaviour extends Common {
  readonly target: "content";
  readonly apply: (content: Content) => Promise<string> | string;
}

/** Gives the `result` instead of the right JWE. */
export interface JweMisbehaviour extends Common {
  readonly target: "jwe";
  readonly apply: (plaintext: Uint8Array, key: EncryptionKey, enc: string) => Promise<string> | string;
}

/** Answers instead of the result's endpoint. */
export interface ResultMisbehaviour extends Common {
  readonly target: "result";
  readonly apply: WrongAnswer;
}

export type SigningMisbehaviour =
  | SigningCircumstances
  | ContentMisbehaviour
  | JweMisbehaviour
  | ResultMisbehaviour;

/** Whether it is about who signs, and with which card: only where nobody has signed yet can that be ordered. */
export function choosesSigner(misbehaviour: SigningMisbehaviour): boolean {
  if (misbehaviour.target !== "circumstances") return false;
  return misbehaviour.otherUser === true || misbehaviour.card !== undefined;
}
