import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

const TIMEOUT_MS = 30_000;
/** Statuses whose responses have no body (Fetch §2.2.3). */
const withoutBody = [101, 204, 205, 304];

/** Sends a request over the network. Not `fetch`: that would say that it is a script, and not a navigation. */
export async function overNetwork(request: Request, certificate: string | undefined): Promise<Response> {
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const url = new URL(request.url);
  const options = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    timeout: TIMEOUT_MS,
  };
  return new Promise((resolve, reject) => {
    const sent =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, ...(certificate === undefined ? {} : { ca: certificate }) })
        : httpRequest(url, options);
    sent.on("timeout", () =>
      sent.destroy(new Error(`no response within ${TIMEOUT_MS / 1000} s: ${url.origin}`)),
    );
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("error", reject);
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const headers = new Headers();
        for (let at = 0; at < answer.rawHeaders.length; at += 2)
          headers.append(answer.rawHeaders[at] ?? "", answer.rawHeaders[at + 1] ?? "");
        const status = answer.statusCode ?? 0;
        resolve(
          new Response(withoutBody.includes(status) ? null : Buffer.concat(chunks), { status, headers }),
        );
      });
    });
    sent.end(body);
  });
}
