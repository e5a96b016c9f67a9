// In a page: the five things, and the login element with its link.
import * as honnin from "honnin";
import * as launch from "honnin/launch";
import "honnin/element";
import given from "./given.js";
import { launches, verifies } from "./things.js";

/** @param refused why the page cannot verify anything; in a page that can, it is missing */
export async function page(refused) {
  const verified = refused === undefined ? await verifies(honnin, given) : { refused };
  const login = document.createElement("honnin-login");
  document.body.append(login);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const link = login.shadowRoot?.querySelector("a");
  return { ...verified, ...(await launches(launch)), element: link?.getAttribute("href") ?? null };
}
