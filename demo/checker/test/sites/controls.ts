// Two controls: a site that checks nothing, and one that refuses everybody.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import { type Library, page, redirect, type Site, type SiteSettings, serve, siteWith } from "./site.js";

interface Endpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly userinfo_endpoint: string;
}

type Json = Record<string, unknown>;

/** How long it waits for the service, in milliseconds. Without data about a person it does without. */
const PATIENCE = 3_000;

/** Takes whatever it is given: no state, no nonce, no signature, no claim is looked at. */
export async function trustingLibrary({ issuer, clientId, key }: SiteSettings): Promise<Library> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const endpoints = (await discovery.json()) as Endpoints;
  const privateKey = await importJWK(key);
  // The service demands PKCE of the request. One verifier for everybody is as good as none.
  const verifier = randomBytes(32).toString("base64url");
  const assertion = () =>
    new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: String(key.alg), kid: String(key.kid) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(endpoints.token_endpoint)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(privateKey);
  return {
    async begin(redirectUri) {
      const url = new URL(endpoints.authorization_endpoint);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: "openid name",
        state: "always-the-same",
        nonce: "always-the-same",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      return { url, kept: { redirectUri } };
    },
    async finish(callback, { redirectUri = "" }) {
      const response = await fetch(endpoints.token_endpoint, {
        method: "POST",
        signal: AbortSignal.timeout(PATIENCE),
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code: callback.searchParams.get("code") ?? "",
          client_id: clientId,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: await assertion(),
        }),
      });
      const tokens = (await response.json()) as { id_token?: string; access_token?: string; error?: string };
      if (tokens.error !== undefined) throw new Error(tokens.error);
      const [, payload = "e30"] = tokens.id_token?.split(".") ?? [];
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Json;
      const more: Json = await fetch(endpoints.userinfo_endpoint, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
        signal: AbortSignal.timeout(PATIENCE),
      })
        .then((answer) => answer.json() as Promise<Json>)
        .catch(() => ({}));
      return String({ ...claims, ...more }.sub);
    },
  };
}

export async function trustingSite(settings: SiteSettings): Promise<Site> {
  return siteWith(await trustingLibrary(settings));
}

/** Goes to the service, and then refuses whoever comes back. `status`: of the refusal. */
export async function refusingSite(settings: SiteSettings, status = 403): Promise<Site> {
  const library = await trustingLibrary(settings);
  const server = await serve((origin) => (request, response) => {
    if (!request.url?.startsWith("/login")) return page(response, status, "<p>Nobody may enter.</p>");
    library
      .begin(`${origin}/callback`)
      .then(({ url }) => redirect(response, url.href))
      .catch(() => page(response, 500, ""));
  });
  return { ...server, redirectUri: `${server.origin}/callback`, login: `${server.origin}/login` };
}
