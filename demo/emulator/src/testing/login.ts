import type { Answer } from "../auto-answers.js";
import { EmulatorError } from "../errors.js";
import type { SentRequest } from "../sent.js";
import type { Visitor } from "./visitor.js";

const MAX_STEPS = 20;
/** Of the network. What a site's own handler throws is passed on as it is. */
const unreachable = ["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"];

/** A login from the site's address to its answer to the callback. */
export interface Login {
  /** The site's answer to the callback, not followed further. */
  readonly response: Response;
  /** With the code, or the error, that the emulator sent. */
  readonly callback: URL;
  /** The authorization request. */
  readonly request: SentRequest;
  /** The token request; `undefined` if the site sent none. */
  readonly tokenRequest: SentRequest | undefined;
  /** The browser that has logged in: `fetch` goes on with its cookies. */
  readonly visitor: Visitor;
  /** The site's cookies, by name. */
  readonly cookies: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

/** What a login needs to know of the emulator. */
export interface LoginEnvironment {
  readonly authorizationEndpoint: string;
  readonly redirectUris: () => readonly string[];
  readonly sent: () => readonly SentRequest[];
}

/** Follows a login of the site, without pages, up to its answer to the callback. @throws EmulatorError `login-failed` */
export async function followLogin(
  { authorizationEndpoint, redirectUris, sent }: LoginEnvironment,
  visitor: Visitor,
  start: string | URL | Request,
  answer: Partial<Answer>,
): Promise<Login> {
  const began = performance.now();
  const before = new Set(sent());
  const news = (endpoint: SentRequest["endpoint"]) =>
    sent().find((request) => request.endpoint === endpoint && !before.has(request));
  let asked = false;
  if (!(start instanceof Request) && !URL.canParse(String(start))) {
    throw new EmulatorError(
      "request-invalid",
      `start must be the whole URL that begins the site's login, such as http://localhost:3000/login, not ${String(start)}.`,
    );
  }
  let target: string | URL | Request = withAnswer(start);

  for (let step = 0; step < MAX_STEPS; step += 1) {
    const url: URL = new URL(target instanceof Request ? target.url : target);
    const response = await visitor.fetch(target).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      throw unreachable.includes(code ?? "") ? failed(`nothing answers at ${url.origin} (${code})`) : error;
    });
    if (asked && isCallback(url)) {
      const request = news("authorization");
      if (request === undefined) throw failed("the emulator saw no authorization request");
      return {
        response,
        callback: url,
        request,
        tokenRequest: news("token"),
        visitor,
        cookies: visitor.cookies.get(url),
        milliseconds: performance.now() - began,
      };
    }
    const location = response.headers.get("location");
    if (location === null) throw failed(await stoppedAt(url, response));
    target = withAnswer(new URL(location, url));
  }
  throw failed(`more than ${MAX_STEPS} redirects`);

  /** The authorization request asks for the answer itself, so that no other login gets it. */
  function withAnswer(to: string | URL | Request): string | URL | Request {
    if (to instanceof Request) return to;
    const url = new URL(to);
    if (url.origin + url.pathname !== authorizationEndpoint) return url;
    asked = true;
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(`emulator_${name}`, value);
    return url;
  }

  function isCallback(url: URL): boolean {
    return redirectUris().some((uri) => {
      const { origin, pathname } = new URL(uri);
      return url.origin === origin && url.pathname === pathname;
    });
  }

  /** Where the login stopped, and why as far as the emulator knows. */
  async function stoppedAt(url: URL, response: Response): Promise<string> {
    const refused = asked ? news("authorization") : undefined;
    const why = refused?.reason ?? refused?.error;
    const title = /<title>([^<]*)/.exec(await response.text())?.[1];
    const said = [why, title].filter((text) => text !== undefined).join("; ");
    const where = `${url.origin}${url.pathname} answered ${response.status}${said === "" ? "" : ` (${said})`}`;
    return asked ? where : `${where} and did not lead to ${authorizationEndpoint}`;
  }
}

function failed(reason: string): EmulatorError {
  return new EmulatorError("login-failed", `The login did not reach the callback: ${reason}.`);
}
