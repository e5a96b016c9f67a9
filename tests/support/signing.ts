// A signature by way of the test-card page, without a browser.
import { createHash } from "node:crypto";
import { type Answer, UserAgent } from "./user-agent.ts";

export interface Signer {
  readonly agent: UserAgent;
  /** The page of test cards. */
  readonly page: Answer;
}

/** Begins to sign a text and stops on the test-card page. */
export async function beginSigning(
  origin: string,
  { method = "digest-info", lang = "en", agent = new UserAgent(), text = "A document." } = {},
): Promise<Signer> {
  const hash = method.startsWith("p384") ? "sha384" : "sha256";
  const page = await agent.post(`${origin}/auth/sign`, {
    digest: createHash(hash).update(text).digest("hex"),
    name: "document.txt",
    type: "text/plain",
    size: String(Buffer.byteLength(text)),
    method,
    lang,
    return_to: lang === "en" ? "/en/sign/result" : "/sign/result",
  });
  if (!page.url.endsWith("/test-card"))
    throw new Error(`the signature led to ${page.url} (${page.status}): ${page.text.slice(0, 2_000)}`);
  return { agent, page };
}

/** Chooses a response on the test-card page: `normal`, an error or a misbehaviour. */
export function respond({ agent, page }: Signer, response = "normal", person = "ordinary"): Promise<Answer> {
  return agent.post(page.url, { response, person });
}
