// The same login written with jose and oauth4webapi, as their documentation shows it: state, nonce and PKCE in an encrypted cookie,
// the ID token verified with the service's keys, the session in another encrypted cookie.
import { environmentAt } from "honnin/launch";
import { createRemoteJWKSet, EncryptJWT, importJWK, jwtDecrypt, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { serveMeasured } from "./serve.ts";
import { cookieSecret, type SiteSettings } from "./settings.ts";

const [given = ""] = process.argv.slice(2);
const { origin, serviceOrigin, clientId, clientKey } = JSON.parse(given) as SiteSettings;
const service = environmentAt(serviceOrigin);
const redirectUri = `${origin}/auth/callback`;
const as: oauth.AuthorizationServer = {
  issuer: service.issuer,
  authorization_endpoint: service.authorizationEndpoint,
  token_endpoint: service.tokenEndpoint,
  jwks_uri: service.jwksUri,
};
const client: oauth.Client = { client_id: clientId, id_token_signed_response_alg: "ES256" };
const signingKey = (await importJWK({ ...clientKey }, "ES256")) as CryptoKey;
const authentication = oauth.PrivateKeyJwt(
  { key: signingKey, kid: clientKey.kid as string },
  {
    [oauth.modifyAssertion]: (_header, payload) => {
      // As honnin: the service requires the token endpoint as the audience.
      payload.aud = service.tokenEndpoint;
    },
  },
);
const keys = createRemoteJWKSet(new URL(service.jwksUri));
const cookieKey = new Uint8Array(
  await crypto.subtle.digest("SHA-256", new TextEncoder().encode(cookieSecret)),
);

const seal = (claims: Record<string, unknown>, lifetime: string) =>
  new EncryptJWT(claims)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .encrypt(cookieKey);

async function open(request: Request, name: string): Promise<Record<string, unknown>> {
  const [, value = ""] =
    new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "") ?? [];
  return (await jwtDecrypt(value, cookieKey, { contentEncryptionAlgorithms: ["A256GCM"] })).payload;
}

const cookie = (name: string, value: string, maxAge: number) =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  for (const one of cookies) headers.append("set-cookie", one);
  return new Response(null, { status: 303, headers });
}

async function login(): Promise<Response> {
  const [state, nonce, codeVerifier] = [
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
    oauth.generateRandomCodeVerifier(),
  ];
  const url = new URL(service.authorizationEndpoint);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid",
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  }).toString();
  return redirect(url.href, [cookie("login", await seal({ state, nonce, codeVerifier }, "10m"), 600)]);
}

async function callback(request: Request, url: URL): Promise<Response> {
  const { state, nonce, codeVerifier } = (await open(request, "login")) as Record<string, string>;
  const parameters = oauth.validateAuthResponse(as, client, url, state);
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    authentication,
    parameters,
    redirectUri,
    codeVerifier ?? "",
    { [oauth.allowInsecureRequests]: true },
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce ?? "",
    requireIdToken: true,
  });
  const { payload } = await jwtVerify(tokens.id_token ?? "", keys, {
    issuer: service.issuer,
    audience: clientId,
    algorithms: ["ES256"],
    requiredClaims: ["exp", "iat", "sub", "nonce"],
    clockTolerance: 60,
  });
  if (payload.nonce !== nonce) throw new Error("another nonce");
  const session = await seal({ id: crypto.randomUUID(), data: { sub: payload.sub } }, "8h");
  return redirect(`${origin}/`, [cookie("session", session, 28_800), cookie("login", "", 0)]);
}

await serveMeasured(async (request) => {
  const url = new URL(request.url);
  try {
    if (url.pathname === "/auth/login") return await login();
    if (url.pathname === "/auth/callback") return await callback(request, url);
    if (url.pathname === "/me") return Response.json((await open(request, "session")).data);
    return new Response(null, { status: 404 });
  } catch {
    return new Response("refused", { status: 400 });
  }
}, origin);
