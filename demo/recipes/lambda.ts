// AWS Lambda, behind a function URL, or behind an HTTP API with payload format 2.0 and the stage `$default`.
import { origin, rp } from "./auth.ts";

/** What is used of `APIGatewayProxyEventV2` of @types/aws-lambda. */
interface Event {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly http: { readonly method: string } };
}

export async function handler(event: Event) {
  const request = requestOf(event);
  if (event.rawPath.startsWith("/auth/")) return resultOf(await rp.fetch(request));
  const session = await rp.session(request);
  return resultOf(
    session === undefined
      ? Response.redirect(`${origin}${rp.paths.login}?return_to=/account`, 303)
      : Response.json(session.data),
  );
}

function requestOf(event: Event): Request {
  const { method } = event.requestContext.http;
  const headers = new Headers();
  for (const [name, value = ""] of Object.entries(event.headers)) headers.set(name, value);
  if (event.cookies !== undefined) headers.set("cookie", event.cookies.join("; "));
  const hasBody = event.body !== undefined && method !== "GET" && method !== "HEAD";
  const body = hasBody ? Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8") : null;
  const query = event.rawQueryString === "" ? "" : `?${event.rawQueryString}`;
  return new Request(origin + event.rawPath + query, { method, headers, body });
}

async function resultOf(response: Response) {
  const headers = new Headers(response.headers);
  // Lambda takes cookies one by one: a header `set-cookie` would keep only one of them.
  headers.delete("set-cookie");
  return {
    statusCode: response.status,
    headers: Object.fromEntries(headers),
    cookies: response.headers.getSetCookie(),
    body: await response.text(),
  };
}
