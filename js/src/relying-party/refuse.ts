import type { HonninError } from "../error.js";
import type { ErrorAnswer } from "./hooks.js";
import type { Exchange } from "./http/exchange.js";
import { isResponse, ofSite, withCookies, withHeaders } from "./http/responses.js";
import type { Setup } from "./setup.js";

/** In seconds, for errors that may go away later. */
const RETRY_AFTER = "30";

/** The response for an error: the site's own, or the handler's page. A script gets JSON. */
export async function refuse(
  {
    site: { paths },
    onError,
    logged,
    signingTexts,
  }: Pick<Setup, "site" | "onError" | "logged" | "signingTexts">,
  exchange: Exchange,
  error: HonninError,
): Promise<Response> {
  const { id, request, language, returnTo, flow, json, allow, resumeHint, cookies } = exchange;
  const query = new URLSearchParams({
    ...(returnTo === undefined ? {} : { return_to: returnTo }),
    lang: language,
  });
  // The site learns of the error even if the pages are missing on the server.
  const pages = await import("./page/pages.js").catch(() => undefined);
  const [kind, status] = pages?.classify(error, flow) ?? ["site" as const, 500];
  const resumeQuery = new URLSearchParams({ signature: resumeHint ?? "", lang: language });
  if (logged !== undefined)
    await import("./log-error.js").then(({ logError }) => logError(error, kind, logged)).catch(() => {});
  const answer: ErrorAnswer = {
    requestId: id,
    status,
    language,
    loginPath: `${paths.login}?${query}`,
    ...(returnTo === undefined ? {} : { returnTo }),
    signing: flow === "signing",
    ...(flow === "handoff" ? { handoff: true } : {}),
    ...(resumeHint === undefined ? {} : { resumePath: `${paths.signResume}?${resumeQuery}` }),
  };
  const finish = (response: Response): Response => {
    const complete = withHeaders(response, (headers) => {
      // RFC 9110 §15.5.6: a 405 response must have Allow.
      if (error.code === "method-not-allowed" && allow !== undefined) headers.set("allow", allow);
      if ((status === 503 || status === 429) && !headers.has("retry-after"))
        headers.set("retry-after", RETRY_AFTER);
    });
    return withCookies(ofSite(complete), cookies);
  };
  try {
    const response: unknown = await onError?.(error, request, answer);
    if (isResponse(response) && !json) return finish(response);
  } catch {
    // The page for the original error helps the user more than a page about the hook.
  }
  if (json)
    return finish(
      Response.json({ error: error.code }, { status, headers: { "x-content-type-options": "nosniff" } }),
    );
  if (pages === undefined)
    return finish(new Response(null, { status, headers: { "cache-control": "no-store" } }));
  const page = await pages.errorPage(error.code, kind, {
    ...answer,
    withBody: request.method !== "HEAD",
    signingTexts,
  });
  return finish(page);
}
