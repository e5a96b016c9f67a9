import type { JsonWebKey, KeyObject, webcrypto } from "node:crypto";
import { after } from "node:test";
import { newEcKeyPair } from "@honnin/synthetic-jpki";
import * as oauth from "oauth4webapi";
import { type Client, type Emulator, type EmulatorOptions, startEmulator } from "../src/index.js";

export const redirectUri = "https://shop.example/auth/callback";

export interface TestClient extends Client {
  readonly privateKey: KeyObject;
}

/** A client with a fresh key pair. */
export function newClient(clientId = "testShop", options: Partial<Client> = {}): TestClient {
  const { publicKey, privateKey } = newEcKeyPair("P-256");
  const jwk: JsonWebKey = { ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "ES256", use: "sig" };
  return {
    clientId,
    name: "架空ショップ",
    redirectUris: [redirectUri],
    jwks: { keys: [jwk] },
    privateKey,
    ...options,
  };
}

/** An emulator that ends with the test file. */
export async function emulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const started = await startEmulator({ quiet: true, ...options });
  after(() => started.close());
  return started;
}

interface Cookie {
  readonly path: string;
  readonly value: string;
}

/** A browser of one origin: cookies by path, redirects followed on that origin only. */
export class Browser {
  readonly origin: string;
  readonly headers: Record<string, string>;
  readonly #cookies = new Map<string, Cookie>();

  constructor(origin: string, headers: Record<string, string> = {}) {
    this.origin = origin;
    this.headers = headers;
  }

  cookieHeader(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, "/")))
      .map(([key, cookie]) => `${key.split(" ")[0]}=${cookie.value}`)
      .join("; ");
  }

  /** One request; a redirect is given back, not followed. */
  async request(target: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target, this.origin);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: {
        ...this.headers,
        cookie: this.cookieHeader(url.pathname),
        ...(init.headers as Record<string, string>),
      },
    });
    for (const line of response.headers.getSetCookie()) this.#store(line, url.pathname);
    return response;
  }

  #store(line: string, requestPath: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const [name = "", ...value] = pair.split("=");
    const path = attributes.find((text) => /^path=/i.test(text))?.slice(5) ?? requestPath;
    const expires = attributes.find((text) => /^expires=/i.test(text))?.slice(8);
    const key = `${name} ${path}`;
    if (expires !== undefined && new Date(expires).getTime() < Date.now()) this.#cookies.delete(key);
    else this.#cookies.set(key, { path, value: value.join("=") });
  }

  /** Follows redirects as long as they stay here. */
  async follow(response: Response): Promise<{ response: Response; url: URL }> {
    let current = response;
    let url = new URL(response.url);
    for (let hops = 0; hops < 10; hops += 1) {
      const location = current.headers.get("location");
      if (location === null) return { response: current, url };
      url = new URL(location, url);
      if (url.origin !== this.origin) return { response: current, url };
      current = await this.request(url.href);
    }
    throw new Error("too many redirects");
  }

  async get(target: string) {
    return this.follow(await this.request(target));
  }

  async post(target: string, form: Record<string, string> = {}) {
    return this.follow(await this.request(target, { method: "POST", body: new URLSearchParams(form) }));
  }
}

/** A strict relying party: oauth4webapi on plain http. */
export class RelyingParty {
  readonly emulator: Emulator;
  readonly client: TestClient;
  server!: oauth.AuthorizationServer;

  private constructor(emulator: Emulator, client: TestClient) {
    this.emulator = emulator;
    this.client = client;
  }

  static async of(emulator: Emulator, client: TestClient): Promise<RelyingParty> {
    const party = new RelyingParty(emulator, client);
    const issuer = new URL(emulator.issuer);
    const response = await oauth.discoveryRequest(issuer, insecure);
    party.server = await oauth.processDiscoveryResponse(issuer, response);
    return party;
  }

  get oauthClient(): oauth.Client {
    return { client_id: this.client.clientId, id_token_signed_response_alg: "ES256" };
  }

  async key(): Promise<webcrypto.CryptoKey> {
    const pkcs8 = this.client.privateKey.export({ type: "pkcs8", format: "der" });
    return crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  }

  /** `aud` is the token endpoint, as the service asks. */
  async authentication(): Promise<oauth.ClientAuth> {
    const { token_endpoint: endpoint } = this.server;
    return oauth.PrivateKeyJwt(await this.key(), {
      [oauth.modifyAssertion]: (_header, payload) => {
        payload.aud = endpoint as string;
      },
    });
  }

  async authorizationRequest(changes: Record<string, string | undefined> = {}) {
    const codeVerifier = oauth.generateRandomCodeVerifier();
    const parameters: Record<string, string | undefined> = {
      response_type: "code",
      client_id: this.client.clientId,
      redirect_uri: redirectUri,
      scope: "openid name address birthdate gender",
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
      ...changes,
    };
    const url = new URL(this.server.authorization_endpoint as string);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return { url, codeVerifier, state: parameters.state ?? "", nonce: parameters.nonce ?? "" };
  }

  async exchange(callback: URL, request: { codeVerifier: string; state: string }): Promise<Response> {
    const parameters = oauth.validateAuthResponse(this.server, this.oauthClient, callback, request.state);
    return oauth.authorizationCodeGrantRequest(
      this.server,
      this.oauthClient,
      await this.authentication(),
      parameters,
      redirectUri,
      request.codeVerifier,
      insecure,
    );
  }

  async tokens(response: Response, nonce: string) {
    const tokens = await oauth.processAuthorizationCodeResponse(this.server, this.oauthClient, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    // oauth4webapi keeps the JWK Set by the identity of this object: a copy has it fetched anew.
    await oauth.validateApplicationLevelSignature({ ...this.server }, response, insecure);
    return tokens;
  }

  async userInfo(accessToken: string, subject: string) {
    const response = await oauth.userInfoRequest(this.server, this.oauthClient, accessToken, insecure);
    return oauth.processUserInfoResponse(this.server, this.oauthClient, subject, response);
  }
}

export const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** An authorization request, answered on the test-card page: gives the callback. */
export async function byTestCard(
  party: RelyingParty,
  choice: { response?: string; person?: string } = {},
  changes: Record<string, string | undefined> = {},
) {
  const request = await party.authorizationRequest(changes);
  const browser = new Browser(party.emulator.origin);
  const page = await browser.get(request.url.href);
  const path = `/authenticate/${page.url.pathname.split("/")[2]}/test-card`;
  const { url, response } = await browser.post(path, { response: "normal", person: "ordinary", ...choice });
  return { ...request, callback: url, browser, response };
}

/** The whole login by test card. */
export async function login(
  party: RelyingParty,
  choice: { response?: string; person?: string } = {},
  changes: Record<string, string | undefined> = {},
) {
  const request = await byTestCard(party, choice, changes);
  const tokens = await party.tokens(await party.exchange(request.callback, request), request.nonce);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (claims === undefined) throw new Error("no ID token");
  return { ...request, tokens, claims };
}

/** What attribute `name` is first set to in a page. */
export function attribute(page: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(page)?.[1];
  return value?.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, entity: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[entity] ?? "",
  );
}
