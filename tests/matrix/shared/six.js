// The six things on a server.
import * as honnin from "honnin";
import * as launch from "honnin/launch";
import { relyingParty } from "honnin/relying-party";
import given from "./given.js";
import { answers, launches, siteOf, verifies } from "./things.js";

export const site = siteOf({ ...launch, relyingParty }, given);

export const six = async () => ({
  ...(await verifies(honnin, given)),
  ...(await launches(launch)),
  ...(await answers(site)),
});

/** What a server of its own answers: the site's routes, and the six things for any other address. */
export const respond = async (request) =>
  new URL(request.url).pathname.startsWith("/auth/") ? site.fetch(request) : Response.json(await six());
