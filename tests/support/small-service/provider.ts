// The service of tests with load: a small OpenID provider with real keys, at the paths of the service. Whoever comes with a cookie
// `person` is that person, and consents.
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { environmentAt } from "honnin/launch";
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { close, listen } from "../node-server.ts";

/** The client, as it is registered. */
export interface Client {
  readonly clientId: string;
  readonly key: JWK;
  readonly redirectUri: string;
}

/** What happened at the service. */
export interface ServiceReport {
  readonly exchanged: number;
  /** Requests to the token endpoint that were refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

interface Grant {
  readonly person: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly scope: string;
  isUsed: boolean;
}

class Refusal extends Error {}

/** Persons with whose ID tokens something is wrong. */
export const wrongTokens: Readonly<Record<string, (claims: JWTPayload) => JWTPayload>> = {
  "other-nonce": (claims) => ({ ...claims, nonce: "another" }),
  "other-issuer": (claims) => ({ ...claims, iss: "https://other.example" }),
  "other-audience": (claims) => ({ ...claims, aud: "another" }),
  "expired-token": (claims) => ({
    ...claims,
    iat: (claims.iat ?? 0) - 7_200,
    exp: (claims.iat ?? 0) - 3_600,
  }),
  // Signed with a key of another service.
  "other-key": (claims) => claims,
};

export async function startProvider({ clientId, key, redirectUri }: Client) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Its sender was killed before the whole request was sent: nothing was refused.
      if (!request.complete) {
        response.destroy();
        return;
      }
      const why = error instanceof Refusal ? error.message : String(error);
      refused.set(why, (refused.get(why) ?? 0) + 1);
      json(response, 400, { error: "invalid_request" });
    });
  });
  server.keepAliveTimeout = 300_000;
  const origin = `http://127.0.0.1:${await listen(server)}`;
  const { issuer, authorizationEndpoint, tokenEndpoint, jwksUri } = environmentAt(origin);
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "service", alg: "ES256", use: "sig" }] };
  const otherKey = (await generateKeyPair("ES256")).privateKey;
  const clientKeys = createLocalJWKSet({ keys: [key] });
  const grants = new Map<string, Grant>();
  const refused = new Map<string, number>();
  let exchanged = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    const at = origin + url.pathname;
    if (at === authorizationEndpoint) return authorize(request, response, url.searchParams);
    if (at === tokenEndpoint) return token(response, new URLSearchParams(await text(request)));
    if (at === jwksUri) return json(response, 200, jwks);
    if (url.pathname === "/report")
      return json(response, 200, { exchanged, refused: Object.fromEntries(refused) });
    json(response, 404, {});
  }

  function authorize(request: IncomingMessage, response: ServerResponse, given: URLSearchParams): void {
    const value = (name: string) => given.get(name) ?? "";
    const [, person = ""] = /(?:^|; )person=([\w-]+)/.exec(request.headers.cookie ?? "") ?? [];
    if (person === "") throw new Refusal("nobody is there");
    if (value("client_id") !== clientId || value("redirect_uri") !== redirectUri)
      throw new Refusal("another client");
    if (value("response_type") !== "code" || value("code_challenge_method") !== "S256")
      throw new Refusal("another flow");
    const code = randomUUID();
    const [nonce, challenge, scope] = [value("nonce"), value("code_challenge"), value("scope")];
    grants.set(code, { person, nonce, challenge, scope, isUsed: false });
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({ code, state: value("state") }).toString();
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(response: ServerResponse, form: URLSearchParams): Promise<void> {
    if (form.get("grant_type") !== "authorization_code") throw new Refusal("another grant");
    await jwtVerify(form.get("client_assertion") ?? "", clientKeys, {
      algorithms: ["ES256"],
      issuer: clientId,
      subject: clientId,
      audience: [tokenEndpoint, issuer],
      requiredClaims: ["jti", "exp", "iat"],
    });
    const grant = grants.get(form.get("code") ?? "");
    if (grant === undefined) throw new Refusal("an unknown code");
    if (grant.isUsed) throw new Refusal("a code was presented twice");
    grant.isUsed = true;
    const verifier = form.get("code_verifier") ?? "";
    if (createHash("sha256").update(verifier).digest("base64url") !== grant.challenge)
      throw new Refusal("another code_verifier");
    const accessToken = randomUUID();
    const now = Math.floor(Date.now() / 1_000);
    const digest = createHash("sha256").update(accessToken).digest();
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: grant.person,
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      at_hash: digest.subarray(0, 16).toString("base64url"),
    };
    const idToken = await new SignJWT(wrongTokens[grant.person]?.(claims) ?? claims)
      .setProtectedHeader({ alg: "ES256", kid: "service" })
      .sign(grant.person === "other-key" ? otherKey : privateKey);
    exchanged += 1;
    const tokens = { access_token: accessToken, token_type: "Bearer", expires_in: 300, id_token: idToken };
    json(response, 200, { ...tokens, scope: grant.scope });
  }

  return { origin, close: () => close(server) };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "max-age=300" })
    .end(JSON.stringify(value));
}
