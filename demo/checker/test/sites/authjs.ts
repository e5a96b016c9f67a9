// Auth.js with a provider of one's own, as its guide says. Its sign-in page is a form with a token against CSRF.
// The state of Auth.js is longer than the 255 characters that the service accepts. The service demands one all the same, so with
// `fits` it is a constant, and PKCE and nonce alone bind the response to the browser. `hardened`: limits the time of each request.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Auth, type AuthConfig, customFetch } from "@auth/core";
import { importJWK } from "jose";
import { page, type Site, type SiteSettings, serve } from "./site.js";

export async function authjsSite(
  { issuer, clientId, key }: SiteSettings,
  { fits = true, hardened = false } = {},
): Promise<Site> {
  const clientPrivateKey = { key: (await importJWK(key)) as CryptoKey, kid: String(key.kid) };
  const config: AuthConfig = {
    secret: randomBytes(32).toString("base64url"),
    basePath: "/auth",
    trustHost: true,
    logger: { error() {}, warn() {}, debug() {} },
    providers: [
      {
        id: "service",
        name: "Service",
        type: "oidc",
        issuer,
        clientId,
        authorization: { params: { scope: "openid name", ...(fits ? { state: "not-used" } : {}) } },
        checks: fits ? ["pkce", "nonce"] : ["pkce", "state", "nonce"],
        client: { token_endpoint_auth_method: "private_key_jwt", id_token_signed_response_alg: "ES256" },
        token: { clientPrivateKey },
        ...(hardened
          ? {
              [customFetch]: (input: RequestInfo | URL, init?: RequestInit) =>
                fetch(input, { ...init, signal: AbortSignal.timeout(5_000) }),
            }
          : {}),
        // The claims of the ID token are not enough for a name: they are those of UserInfo.
        idToken: false,
        profile: ({ sub, name }) => ({ id: sub, name }),
      },
    ],
  };
  const answer = async (
    incoming: IncomingMessage,
    response: ServerResponse,
    origin: string,
  ): Promise<void> => {
    const url = new URL(incoming.url ?? "/", origin);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    if (!url.pathname.startsWith("/auth/")) {
      const session = await Auth(new Request(`${origin}/auth/session`, { headers }), config);
      const isSignedIn = (await session.text()) !== "null";
      return page(response, 200, isSignedIn ? "<p>Welcome back.</p>" : '<a href="/auth/signin">Sign in</a>');
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const answered = await Auth(
      new Request(url, {
        method: incoming.method ?? "GET",
        headers,
        ...(incoming.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
      }),
      config,
    );
    response.statusCode = answered.status;
    for (const [name, value] of answered.headers) response.appendHeader(name, value);
    response.end(Buffer.from(await answered.arrayBuffer()));
  };
  const server = await serve((origin) => (incoming, response) => {
    answer(incoming, response, origin).catch(() => page(response, 500, "<p>Something went wrong.</p>"));
  });
  const { origin } = server;
  return { ...server, redirectUri: `${origin}/auth/callback/service`, login: `${origin}/auth/signin` };
}
