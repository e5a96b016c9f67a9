import { findPerson, people } from "../people.js";
import type { Realm } from "../realm.js";
import type { AuthorizationRequest } from "../types.js";
import { type CardKind, canSign } from "./cards.js";
import type { SigningCircumstances } from "./misbehaviours/kinds.js";
import type { SignTransaction } from "./transactions.js";

/** The transaction that an authorization request is about. */
export function transactionOf(
  { signing }: Realm,
  request: AuthorizationRequest,
): SignTransaction | undefined {
  const { clientId, signTransactionId } = request;
  return signTransactionId === undefined ? undefined : signing.transactions.find(clientId, signTransactionId);
}

/**
 * The card signs what the transaction asks for, unless a card has done so before: then the authorization only leads to
 * the result again. Without a transaction there is nothing to do.
 *
 * @returns `over` if it is too late for that
 */
export async function signTransaction(
  realm: Realm,
  request: AuthorizationRequest,
  personId: string,
  card: CardKind,
  { otherUser, expires }: Pick<SigningCircumstances, "otherUser" | "expires"> = {},
): Promise<"done" | "over"> {
  const { transactions, cards } = realm.signing;
  const transaction = transactionOf(realm, request);
  if (transaction === undefined) return request.signTransactionId === undefined ? "done" : "over";
  if (transactions.state(transaction) !== "live") return "over";
  const signer = otherUser ? people.find((one) => canSign(one) && one.id !== personId) : findPerson(personId);
  if (signer === undefined || !canSign(signer)) return "over";
  if (transaction.signed === undefined) {
    const made = await cards.sign(signer, card, transaction.data);
    transaction.signed ??= { personId: signer.id, card, ...made };
  }
  if (expires) transactions.expire(transaction);
  return "done";
}
