import type { HonninError } from "../error.js";
import type { ErrorAnswer } from "./hooks.js";
import type { Exchange } from "./http/exchange.js";
import { isResponse, ofSite, withCookies, withHeaders } from "./http/responses.js";
import type { Setup } from "./setup.js";

/** In seconds, for errors that may go away later. */
const RETRY_AFTER = "30";

/**
 * The response for an error: the site's own, or the handler's page.
 *
 * @param allowed the method that the route accepts, if the route exists
 */
export async function refuse(
  { site: { paths }, onError, signingTexts }: Pick<Setup, "site" | "onError" | "signingTexts">,
  { request, language, returnTo, flow, resumeHint, cookies }: Exchange,
  error: HonninError,
  allowed: string | undefined,
): Promise<Response> {
  const query = new URLSearchParams({
    ...(returnTo === undefined ? {} : { return_to: returnTo }),
    lang: language,
  });
  const { classify, errorPage } = await import("./page/pages.js");
  const [kind, status] = classify(error, flow);
  const resumeQuery = new URLSearchParams({ signature: resumeHint ?? "", lang: language });
  const answer: ErrorAnswer = {
    status,
    language,
    loginPath: `${paths.login}?${query}`,
    ...(returnTo === undefined ? {} : { returnTo }),
    signing: flow === "signing",
    ...(resumeHint === undefined ? {} : { resumePath: `${paths.signResume}?${resumeQuery}` }),
  };
  const finish = (response: Response): Response => {
    const complete = withHeaders(response, (headers) => {
      // RFC 9110 §15.5.6: a 405 response must have Allow.
      if (error.code === "method-not-allowed" && allowed !== undefined) headers.set("allow", allowed);
      if ((status === 503 || status === 429) && !headers.has("retry-after"))
        headers.set("retry-after", RETRY_AFTER);
    });
    return withCookies(ofSite(complete), cookies);
  };
  try {
    const response: unknown = await onError?.(error, request, answer);
    if (isResponse(response)) return finish(response);
  } catch {
    // The page for the original error helps the user more than a page about the hook.
  }
  const page = await errorPage(error.code, kind, {
    ...answer,
    withBody: request.method !== "HEAD",
    signingTexts,
  });
  return finish(page);
}
