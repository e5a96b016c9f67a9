// A small OpenID provider of the tests' own: strict about what it gets, and made to misbehave on request.
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { type Environment, environmentAt } from "../../src/launch/environments.js";
import { bearer, json, type Misbehaviour, textOf } from "./answers.js";
import { SigningEndpoints } from "./signing/op.js";

interface Grant {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly scope: string;
}

export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly header: Record<string, unknown>;
  readonly assertion: JWTPayload;
}

export class Provider {
  readonly clientId = "client0123456789";
  readonly sub = "pairwise-0123456789";
  readonly environment: Environment;
  /** Public keys of the client, as registered. */
  clientKeys: JWK[] = [];
  /** What the userinfo endpoint tells. */
  person: Record<string, unknown> = {
    sub: this.sub,
    name: "山田　花子",
    address: "東京都千代田区霞が関１－１",
    birthdate: "19800217",
    gender: "2",
  };
  /** Overrides in the ID token and in the token endpoint's answer. */
  claims: Record<string, unknown> = {};
  tokens: Record<string, unknown> = {};
  /** What is granted of the scopes asked for. */
  grant: (scopes: string[]) => string[] = (scopes) => scopes;
  misbehave: {
    token?: Misbehaviour;
    userinfo?: Misbehaviour;
    certs?: Misbehaviour;
    sign?: Misbehaviour;
    result?: Misbehaviour;
  } = {};
  /** Claims of the ID token that comes with refreshed tokens; without them, none comes. */
  refreshed: Record<string, unknown> | undefined;
  /** Every access token that was given out. */
  readonly issued: string[] = [];
  readonly tokenRequests: TokenRequest[] = [];
  userinfoRequests = 0;
  /** Access tokens that count, of users and of the client itself. */
  readonly #tokens = { users: new Set<string>(), client: new Set<string>() };
  readonly signing = new SigningEndpoints(this.#tokens);
  /** Errors of the provider itself: a test that leaves some has failed. */
  readonly complaints: string[] = [];

  readonly #codes = new Map<string, Grant>();
  readonly #jtis = new Set<string>();
  readonly #server;
  readonly #key;

  private constructor(server: ReturnType<typeof createServer>, key: { privateKey: CryptoKey; jwk: JWK }) {
    this.#server = server;
    this.#key = key;
    this.environment = environmentAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.complaints.push(String(error));
        response.destroy();
      });
    });
  }

  static async start(): Promise<Provider> {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "op-es256", alg: "ES256", use: "sig" };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Provider(server, { privateKey, jwk });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A code as it would be given for an authorization request; what the user would come back with. */
  authorize(url: string): URL {
    const { searchParams } = new URL(url);
    const parameter = (name: string) => searchParams.get(name) ?? "";
    if (!url.startsWith(`${this.environment.authorizationEndpoint}?`)) throw new Error("another endpoint");
    if (parameter("client_id") !== this.clientId || parameter("response_type") !== "code")
      throw new Error("another client");
    if (parameter("code_challenge_method") !== "S256") throw new Error("no PKCE");
    if (parameter("scope").split(" ").includes("sign")) {
      this.signing.sign(parameter("sign_transaction_id"));
    }
    const code = randomUUID();
    this.#codes.set(code, {
      nonce: parameter("nonce"),
      challenge: parameter("code_challenge"),
      redirectUri: parameter("redirect_uri"),
      scope: parameter("scope"),
    });
    const callback = new URL(parameter("redirect_uri"));
    callback.search = new URLSearchParams({ code, state: parameter("state"), session_state: "x" }).toString();
    return callback;
  }

  /** Access tokens of users count for nothing any more. */
  expireTokens(): void {
    this.#tokens.users.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const { tokenEndpoint, userinfoEndpoint, jwksUri, signTransactionsEndpoint } = this.environment;
    const at = (endpoint: string) => new URL(endpoint).pathname === path;
    if (at(tokenEndpoint)) {
      const tokenRequest = await this.#readTokenRequest(request);
      await (this.misbehave.token ?? (() => this.#token(tokenRequest, response)))(request, response);
    } else if (at(userinfoEndpoint)) {
      this.userinfoRequests += 1;
      await (this.misbehave.userinfo ?? (() => this.#userinfo(request, response)))(request, response);
    } else if (at(jwksUri)) {
      await (this.misbehave.certs ?? (() => json(response, 200, { keys: [this.#key.jwk] })))(
        request,
        response,
      );
    } else if (at(signTransactionsEndpoint)) {
      await (this.misbehave.sign ?? (() => this.signing.start(request, response)))(request, response);
    } else if (path.startsWith(`${new URL(signTransactionsEndpoint).pathname}/`)) {
      this.signing.resultRequests += 1;
      await (this.misbehave.result ?? (() => this.signing.result(request, response)))(request, response);
    } else json(response, 404, {});
  }

  async #readTokenRequest(request: IncomingMessage): Promise<TokenRequest | undefined> {
    const form = new URLSearchParams(await textOf(request));
    try {
      if (!String(request.headers["content-type"]).startsWith("application/x-www-form-urlencoded")) {
        throw new Error("not a form");
      }
      if (form.get("client_id") !== this.clientId) throw new Error("another client_id");
      if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") {
        throw new Error("another client_assertion_type");
      }
      const { payload, protectedHeader } = await jwtVerify(
        form.get("client_assertion") ?? "",
        createLocalJWKSet({ keys: this.clientKeys }),
        {
          algorithms: ["RS256", "PS256", "ES256"],
          issuer: this.clientId,
          subject: this.clientId,
          audience: this.environment.tokenEndpoint,
          requiredClaims: ["jti", "exp", "iat"],
          // The tests' clocks stand still or run ahead; the lifetime is held to below.
          currentDate: new Date(
            ((JSON.parse(atob(String(form.get("client_assertion")).split(".")[1] ?? "")) as JWTPayload).iat ??
              0) * 1000,
          ),
        },
      );
      if (this.#jtis.has(String(payload.jti))) throw new Error("jti used twice");
      this.#jtis.add(String(payload.jti));
      const answer = { form, header: { ...protectedHeader }, assertion: payload };
      this.tokenRequests.push(answer);
      return answer;
    } catch (error) {
      this.complaints.push(String(error));
      return undefined;
    }
  }

  async #token(request: TokenRequest | undefined, response: ServerResponse): Promise<void> {
    if (request === undefined) return json(response, 401, { error: "invalid_client" });
    const { form, assertion } = request;
    const accessToken = randomUUID();
    this.#tokens[form.get("grant_type") === "client_credentials" ? "client" : "users"].add(accessToken);
    this.issued.push(accessToken);
    if (form.get("grant_type") !== "authorization_code") {
      const isRefresh = form.get("grant_type") === "refresh_token";
      const refreshed = {
        ...(isRefresh ? { refresh_token: "refresh-2" } : {}),
        ...(isRefresh && this.refreshed !== undefined
          ? { id_token: await this.#idToken(assertion.iat ?? 0, this.refreshed) }
          : {}),
      };
      return json(response, 200, {
        access_token: accessToken,
        token_type: "Bearer",
        expires_in: 300,
        ...refreshed,
        ...this.tokens,
      });
    }
    const code = form.get("code") ?? "";
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant?.challenge !== challenge || grant.redirectUri !== form.get("redirect_uri")) {
      return json(response, 400, { error: "invalid_grant", error_description: "山田花子's code is spent" });
    }
    const idToken = await this.#idToken(assertion.iat ?? 0, {
      nonce: grant.nonce,
      at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
      ...this.claims,
    });
    json(response, 200, {
      access_token: accessToken,
      token_type: "bearer",
      expires_in: 300,
      id_token: idToken,
      refresh_token: "refresh-1",
      scope: this.grant(grant.scope.split(" ")).join(" "),
      ...this.tokens,
    });
  }

  #idToken(iat: number, claims: Record<string, unknown>): Promise<string> {
    return new SignJWT({
      iss: this.environment.issuer,
      aud: this.clientId,
      sub: this.sub,
      iat,
      exp: iat + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: "ES256", kid: "op-es256" })
      .sign(this.#key.privateKey);
  }

  #userinfo(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== "GET" || !this.#tokens.users.has(bearer(request))) {
      response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
      json(response, 401, { error: "invalid_token" });
      return;
    }
    json(response, 200, this.person);
  }
}
