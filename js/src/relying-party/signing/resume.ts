import { type Exchange, parameter } from "../http/exchange.js";
import { readLanguage } from "../http/language.js";
import { checkOwnNavigation } from "../http/same-origin.js";
import type { Setup } from "../options/read-options.js";
import type { SigningSetup } from "../options/signing-options.js";
import { goOn } from "./go-on.js";
import { pendingId } from "./pending-cookie.js";
import { pursue } from "./pursuit.js";
import { notFound } from "./record.js";

/** `GET …/sign/resume?lang=`: goes on with the signature of this browser, from where it stopped. */
export async function resume(setup: Setup, signing: SigningSetup, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  checkOwnNavigation(request);
  const hint = parameter(url, "signature");
  const id = Array.isArray(hint) ? undefined : await pendingId(setup, signing, request, hint);
  if (id === undefined) throw notFound();
  const { response } = await pursue(setup, signing, exchange, id, (pursuit) => {
    exchange.language = readLanguage(parameter(url, "lang")) ?? pursuit.record.lang;
    return goOn(pursuit);
  });
  return response;
}
