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

/** Takes whatever it is given: no state, no nonce, no signature, no claim is looked at. `asksUserinfo`: for more claims. */
export async function trustingLibrary(
  { issuer, clientId, key }: SiteSettings,
  { asksUserinfo = true } = {},
): Promise<Library> {
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
  const ask = async (parameters: Record<string, string>): Promise<Json> => {
    const response = await fetch(endpoints.token_endpoint, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE),
      body: new URLSearchParams({
        client_id: clientId,
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await assertion(),
        ...parameters,
      }),
    });
    const answer = (await response.json()) as Json;
    if (answer.error !== undefined) throw new Error(String(answer.error));
    return answer;
  };
  const request = (redirectUri: string, more: Record<string, string>) => {
    const url = new URL(endpoints.authorization_endpoint);
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirectUri,
      state: "always-the-same",
      nonce: "always-the-same",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...more,
    }).toString();
    return url;
  };
  const redeem = (callback: URL, redirectUri: string) =>
    ask({
      grant_type: "authorization_code",
      code: callback.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
  const bearer = (token: unknown) => ({
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  const transactions = new URL("/api/sign-transactions", issuer).href;
  return {
    async begin(redirectUri) {
      return { url: request(redirectUri, { scope: "openid name" }), kept: { redirectUri } };
    },
    async finish(callback, { redirectUri = "" }) {
      const tokens = await redeem(callback, redirectUri);
      const [, payload = "e30"] = String(tokens.id_token ?? "").split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Json;
      if (!asksUserinfo) return String(claims.sub);
      const more: Json = await fetch(endpoints.userinfo_endpoint, bearer(tokens.access_token))
        .then((answer) => answer.json() as Promise<Json>)
        .catch(() => ({}));
      return String({ ...claims, ...more }.sub);
    },
    signing: {
      async begin(redirectUri) {
        const { access_token: token } = await ask({ grant_type: "client_credentials" });
        const body = JSON.stringify({ data: randomBytes(32).toString("base64") });
        const started = await fetch(transactions, { ...bearer(token), method: "POST", body });
        const { id } = (await started.json()) as { id: string };
        const url = request(redirectUri, { scope: "openid sign", sign_transaction_id: id });
        return { url, kept: { redirectUri, id } };
      },
      // Whatever the result is, it counts as a signature.
      async finish(callback, { redirectUri = "", id = "" }) {
        const { access_token: token } = await redeem(callback, redirectUri);
        await fetch(`${transactions}/${id}/result`, bearer(token))
          .then((answer) => answer.arrayBuffer())
          .catch(() => undefined);
      },
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
