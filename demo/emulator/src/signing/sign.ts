import type { Realm } from "../realm.js";
import type { AuthorizationRequest } from "../types.js";
import { type CardKind, canSign } from "./cards.js";
import type { SigningCircumstances } from "./misbehaviours/kinds.js";
import type { SignTransaction } from "./transactions.js";

/** The transaction of an authorization request. */
export function transactionOf(
  { signing }: Realm,
  request: AuthorizationRequest,
): SignTransaction | undefined {
  const { clientId, signTransactionId } = request;
  return signTransactionId === undefined ? undefined : signing.transactions.find(clientId, signTransactionId);
}

/**
 * `signed-before`: a card already signed, and this one did nothing; the authorization only gives access to the result again.
 * `over`: the transaction has expired. `not-asked`: no signature was requested.
 */
export type Signed = "signed" | "signed-before" | "over" | "not-asked";

/** The card signs the data of the transaction, unless a card has already done so. */
export async function signTransaction(
  realm: Realm,
  request: AuthorizationRequest,
  personId: string,
  card: CardKind,
  { otherUser, expires }: Pick<SigningCircumstances, "otherUser" | "expires"> = {},
): Promise<Signed> {
  const { transactions, cards } = realm.signing;
  const transaction = transactionOf(realm, request);
  if (transaction === undefined) return request.signTransactionId === undefined ? "not-asked" : "over";
  if (transactions.state(transaction) !== "live") return "over";
  const signer = otherUser
    ? realm.people.list().find((one) => canSign(one) && one.id !== personId)
    : realm.people.find(personId);
  if (signer === undefined || !canSign(signer)) return "over";
  let result: Signed = "signed-before";
  if (transaction.signed === undefined) {
    const made = await cards.sign(signer, card, transaction.data);
    // Of two concurrent signatures, the first is kept.
    if (transaction.signed === undefined) {
      transaction.signed = { personId: signer.id, card, ...made };
      result = "signed";
    }
  }
  if (expires) transactions.expire(transaction);
  return result;
}
