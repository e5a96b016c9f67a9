// A login through the test-card page, without a browser.
import { type Answer, UserAgent } from "./user-agent.ts";

const loginPath =
  "/auth/login?return_to=/result&lang=en&scope=openid&scope=name&scope=birthdate&scope=address&scope=gender";

/** Begins a login and stops on the test-card page. */
export async function beginLogin(
  origin: string,
  agent = new UserAgent(),
): Promise<{ agent: UserAgent; page: Answer }> {
  const page = await agent.get(origin + loginPath);
  if (!page.url.endsWith("/test-card")) throw new Error(`the login led to ${page.url} (${page.status})`);
  return { agent, page };
}

/** A whole login; `response` is `normal`, an error or a misbehaviour. */
export async function logIn(origin: string, response = "normal", person = "ordinary"): Promise<Answer> {
  const { agent, page } = await beginLogin(origin);
  return agent.post(page.url, { response, person });
}

/** The code on the page of a refusal; `undefined` on every other page. */
export const codeOf = ({ text }: Answer) => /\bdata-code="([a-z0-9-]+)"/.exec(text)?.[1];

/** The `sub` on the result page; `undefined` on every other page. */
export const subOf = ({ text }: Answer) => /data-sub>([^<]+)</.exec(text)?.[1];
