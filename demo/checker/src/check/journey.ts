// The way of a person: from the site to the service, and back with the answer that was ordered.
import type { Browser, Navigation, Page } from "../browser/browser.js";
import { type Form, readMarkup } from "../browser/markup.js";
import { placeOf } from "../browser/trouble.js";
import type { Target } from "./options.js";
import { Problem } from "./result.js";

export interface Way {
  readonly target: Target;
  /** The emulator's origin. */
  readonly service: string;
  readonly form: string | undefined;
}

/** The authorization request of a site, before it is sent. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
}

/** Pages that lead on by themselves or by a form, one after another. */
const MAX_PAGES = 5;

const isAuthorization = (url: URL) =>
  url.searchParams.has("response_type") && url.searchParams.has("client_id");

/** Goes from the site towards the service, to the address where `stopAt` ends it. @throws Trouble, Problem */
async function leave(
  browser: Browser,
  { target, service, form }: Way,
  stopAt: (url: URL) => boolean,
): Promise<Page> {
  const stop = (url: URL) => {
    if (isAuthorization(url) && url.origin !== service) throw new Problem("other-service", placeOf(url));
    return stopAt(url);
  };
  let next: Navigation = target;
  let from: URL | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await browser.go(next, from, stop);
    if (page.stopped !== undefined || page.url.origin === service) return page;
    // Sent back at once.
    if (page.visited.some(({ origin }) => origin === service))
      throw new Problem("request-refused", serviceErrorOf(page) ?? placeOf(page.url));
    const way = page.status < 400 ? wayOn(page, form) : undefined;
    if (way === undefined) throw new Problem("not-a-login", `${page.status} ${placeOf(page.url)}`);
    [next, from] = [way, page.url];
  }
  throw new Problem("not-a-login", placeOf(target.url));
}

function wayOn({ text, contentType, url }: Page, wanted: string | undefined): Navigation | undefined {
  const { forms, refresh } = readMarkup(text, contentType, url);
  if (refresh !== undefined) return { method: "GET", url: refresh };
  const fitting =
    wanted === undefined
      ? forms
      : forms.filter(({ action, label }) => action.href.includes(wanted) || label.includes(wanted));
  const [form, other] = fitting;
  if (other !== undefined) throw new Problem("several-forms", fitting.map(describe).join(", "));
  return form === undefined ? undefined : submission(form);
}

function describe({ label, action }: Form): string {
  return `“${label}” (${action.pathname})`;
}

function submission({ method, action, fields }: Form): Navigation {
  if (method === "POST") return { method, url: action, body: fields.toString() };
  const url = new URL(action);
  url.search = fields.toString();
  return { method, url };
}

/** What the site asks of the service. It is not sent. @throws Trouble, Problem */
export async function readRequest(browser: Browser, way: Way): Promise<AuthorizationRequest> {
  const page = await leave(browser, way, (url) => url.origin === way.service);
  const { searchParams } = page.stopped ?? page.url;
  return {
    clientId: searchParams.get("client_id") ?? "",
    redirectUri: searchParams.get("redirect_uri") ?? "",
  };
}

export interface Choice {
  /** `normal`, an error, or a misbehaviour. */
  readonly response: string;
  /** A person of the emulator. */
  readonly person: string;
}

/** A whole way, to the page on which the site ends it. @throws Trouble, Problem */
export async function travel(browser: Browser, way: Way, { response, person }: Choice): Promise<Page> {
  const asked = await leave(browser, way, () => false);
  const attempt = /^\/authenticate\/[\w-]{1,64}(?=\/|$)/.exec(asked.url.pathname)?.[0];
  if (attempt === undefined || asked.status !== 200) throw new Problem("request-refused", refusalOf(asked));
  const choices = new URL(`${attempt}/test-card`, way.service);
  let page = await browser.go(
    { method: "POST", url: choices, body: new URLSearchParams({ response, person }).toString() },
    asked.url,
  );
  if (page.url.origin === way.service) throw new Problem("request-refused", refusalOf(page));
  for (let pages = 1; pages < MAX_PAGES; pages += 1) {
    const { refresh } = readMarkup(page.text, page.contentType, page.url);
    if (refresh === undefined || page.status >= 400) break;
    page = await browser.go({ method: "GET", url: refresh }, page.url);
  }
  return page;
}

/** The code and the description on the emulator's own error page. */
function refusalOf({ status, text }: Page): string {
  const facts = [...text.matchAll(/<dd>(?:<code>)?([^<]{1,300})/g)].map(([, fact]) => fact);
  return facts.length === 0 ? String(status) : facts.join(": ");
}

/** The error that the service gave the site instead of a login, from the addresses on the way. */
export function serviceErrorOf({ visited }: Page): string | undefined {
  for (const { searchParams } of visited) {
    const error = searchParams.get("error");
    if (error !== null && searchParams.has("iss"))
      return [error, searchParams.get("error_description")].filter(Boolean).join(": ");
  }
  return undefined;
}
