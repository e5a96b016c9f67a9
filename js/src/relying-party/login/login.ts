import { type Exchange, parameter } from "../http/exchange.js";
import { checkNavigation, isFromElsewhere } from "../http/navigation.js";
import { linkedReturnAddress, returnAddress } from "../http/return-address.js";
import type { Site } from "../http/site.js";
import { type Leaving, leave } from "./leave.js";

/** What the login route needs. */
export interface LoginRoute extends Leaving {
  readonly site: Site;
  /** The scopes to request. */
  scopes(request: Request): readonly string[];
}

/** `GET …/login?return_to=&lang=`: stores the state in a cookie and sends the user to the service. */
export async function login(route: LoginRoute, exchange: Exchange): Promise<Response> {
  const { site } = route;
  const { request, url } = exchange;
  await checkNavigation(request);
  const linked = isFromElsewhere(site.origin, request);
  const read = linked ? linkedReturnAddress : returnAddress;
  const returnTo = await read(site, parameter(url, "return_to"));
  exchange.returnTo = returnTo;
  return leave(route, exchange, { scopes: route.scopes(request), returnTo, linked });
}
