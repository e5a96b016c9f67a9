import type { Common, WrongAnswer } from "../../misbehaviours/kinds.js";
import type { CardKind } from "../cards.js";
import type { DataToSign } from "../data.js";
import type { EncryptionKey } from "../jwe.js";

/** Ordinary circumstances: the service itself does nothing wrong. */
export interface SigningCircumstances extends Common {
  readonly target: "circumstances";
  /** The procedure ends on the phone, and nothing is signed. */
  readonly failure?: "cancelled" | "sign-pin-locked";
  readonly card?: CardKind;
  /** The signer is not the person who then logs in. */
  readonly otherUser?: true;
  /** The transaction expires before the result is fetched. */
  readonly expires?: true;
  /** The number of requests before the result is available. */
  readonly pending?: number;
}

/** The content of the result, and the card to sign other data. */
export interface Content {
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
  readonly data: DataToSign;
  readonly signAgain: (data: Pick<DataToSign, "bytes" | "hash">) => Promise<Uint8Array>;
}

/** Returns the plaintext to encrypt instead of the right one. */
export interface ContentMisbehaviour extends Common {
  readonly target: "content";
  readonly apply: (content: Content) => Promise<string> | string;
}

/** Returns the `result` instead of the right JWE. */
export interface JweMisbehaviour extends Common {
  readonly target: "jwe";
  readonly apply: (plaintext: Uint8Array, key: EncryptionKey, enc: string) => Promise<string> | string;
}

/** Responds instead of the result endpoint. */
export interface ResultMisbehaviour extends Common {
  readonly target: "result";
  readonly apply: WrongAnswer;
}

export type SigningMisbehaviour =
  | SigningCircumstances
  | ContentMisbehaviour
  | JweMisbehaviour
  | ResultMisbehaviour;

/** Whether it concerns the signer or the card. It can be selected only before the document is signed. */
export function choosesSigner(misbehaviour: SigningMisbehaviour): boolean {
  if (misbehaviour.target !== "circumstances") return false;
  return misbehaviour.otherUser === true || misbehaviour.card !== undefined;
}
