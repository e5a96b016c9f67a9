import { type Exchange, parameter } from "../http/exchange.js";
import { readLanguage } from "../http/language.js";
import { checkOwnNavigation } from "../http/same-origin.js";
import { goOn, type WayOn } from "./go-on.js";
import { notFound } from "./not-found.js";
import { type Keepers, pursue } from "./pursuit.js";

/** `GET …/sign/resume?lang=`: resumes the signature of this browser from its current stage. */
export async function resume(route: Keepers & WayOn, exchange: Exchange): Promise<Response> {
  const { request, url } = exchange;
  await checkOwnNavigation(request);
  const hint = parameter(url, "signature");
  const id = Array.isArray(hint) ? undefined : await route.pending.id(request, hint);
  if (id === undefined) throw notFound();
  const { response } = await pursue(route, exchange, id, (pursuit) => {
    exchange.language = readLanguage(parameter(url, "lang")) ?? pursuit.record.lang;
    return goOn(route, pursuit);
  });
  return response;
}
