import type { Exchange } from "../http/exchange.js";
import { type Leaving, leave } from "../login/leave.js";
import type { StartedRecord } from "./record.js";

/** Sends the user to the service with the transaction, like a login. The login cookie stores the ID of the record. */
export function authorize(
  leaving: Leaving,
  exchange: Exchange,
  { id, transaction, returnTo }: StartedRecord,
): Promise<Response> {
  const signing = { id, transactionId: transaction.id };
  return leave(leaving, exchange, { scopes: ["openid", "sign"], returnTo, linked: false, signing });
}
