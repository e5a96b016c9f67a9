import type { Exchange } from "../http/exchange.js";
import { type Leaving, leave } from "../login/leave.js";
import type { StartedRecord } from "./record.js";

/** Sends the user to the service with the transaction, as a login does; the record's id goes into the login's cookie. */
export function authorize(
  leaving: Leaving,
  exchange: Exchange,
  { id, transaction, returnTo }: StartedRecord,
): Promise<Response> {
  const signing = { id, transactionId: transaction.id };
  return leave(leaving, exchange, { scopes: ["openid", "sign"], returnTo, linked: false, signing });
}
