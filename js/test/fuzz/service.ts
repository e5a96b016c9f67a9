// A service that answers as a test says, reached through the `fetch` option alone. Without a word of the test, its answers are good.
import { createHash, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Fetch } from "../../src/bounded-fetch.js";
import { environmentAt } from "../../src/launch/environments.js";
import { marker } from "./mutations.js";

export const environment = environmentAt("https://op.example");
export const clientId = "client0123456789";
export const sub = "pairwise-7f3a0123456789";

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

type Members = Readonly<Record<string, unknown>>;

/** Changes what is answered, given the good answer. */
export interface Answers {
  token?: (good: Members) => Answer;
  userinfo?: (good: Members) => Answer;
  keys?: (good: Members) => Answer;
  result?: (good: string) => Answer;
}

interface Grant {
  readonly nonce: string;
  readonly challenge: string;
}

const { privateKey, publicKey } = await generateKeyPair("ES256");
const key: JWK = { ...(await exportJWK(publicKey)), kid: "op-1", alg: "ES256", use: "sig" };
export const publicJwk: Members = { ...key };

export class Service {
  answers: Answers = {};
  /** Seconds since 1970, of its tokens. */
  now: () => number = () => Math.floor(Date.now() / 1000);
  /** The endpoints that were asked, the last part of their paths. */
  readonly asked: string[] = [];
  #tokens: readonly string[] = [];
  /** Hands out the data that a card is to sign, and takes the JWE. */
  seal: (data: Uint8Array) => Promise<string> = async () => "";
  /** What `POST …/sign-transactions` was sent, decoded. */
  readonly started: Uint8Array[] = [];
  readonly #grants = new Map<string, Grant>();

  readonly fetch: Fetch = async (url, init) => {
    const name = new URL(url).pathname.split("/").at(-1) ?? "";
    this.asked.push(name);
    if (url === environment.tokenEndpoint)
      return respond(await this.#token(new URLSearchParams(String(init.body))));
    if (url === environment.userinfoEndpoint) return respond(this.#userinfo());
    if (url === environment.jwksUri) {
      const good = { keys: [key] };
      return respond(this.answers.keys?.(good) ?? json(good));
    }
    if (url === environment.signTransactionsEndpoint) {
      this.started.push(new Uint8Array(Buffer.from(JSON.parse(String(init.body)).data, "base64")));
      return respond(json({ id: randomUUID(), about: marker }, 201));
    }
    if (url.startsWith(`${environment.signTransactionsEndpoint}/`)) {
      const good = await this.seal(this.started.at(-1) ?? new Uint8Array());
      return respond(this.answers.result?.(good) ?? json({ result: good, about: marker }));
    }
    throw new Error(`nobody is at ${url}`);
  };

  /** What belongs in no page, message or log, the last tokens among it. */
  get secrets(): readonly string[] {
    return [marker, encodeURIComponent(marker), sub, ...this.#tokens];
  }

  /** What the user comes back with. */
  authorize(location: string): URL {
    const { searchParams } = new URL(location);
    const code = `code-${randomUUID()}`;
    this.#grants.set(code, {
      nonce: searchParams.get("nonce") ?? "",
      challenge: searchParams.get("code_challenge") ?? "",
    });
    const callback = new URL(searchParams.get("redirect_uri") ?? "");
    callback.search = String(
      new URLSearchParams({ state: searchParams.get("state") ?? "", code, iss: environment.issuer }),
    );
    return callback;
  }

  async #token(form: URLSearchParams): Promise<Answer> {
    if (form.get("grant_type") === "client_credentials") {
      return json({ access_token: "of-the-client", token_type: "Bearer", about: marker });
    }
    const grant = this.#grants.get(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant?.challenge !== challenge) {
      return json({ error: "invalid_grant", error_description: marker }, 400);
    }
    this.#grants.delete(form.get("code") ?? "");
    const accessToken = `access-${randomUUID()}`;
    const refreshToken = `refresh-${randomUUID()}`;
    const iat = this.now();
    const atHash = createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
    const claims = { sub, nonce: grant.nonce, iat, exp: iat + 300, at_hash: atHash, about: marker };
    const idToken = await new SignJWT({ iss: environment.issuer, aud: clientId, ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "op-1" })
      .sign(privateKey);
    this.#tokens = [accessToken, refreshToken, idToken];
    const good = {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: 300,
      id_token: idToken,
      refresh_token: refreshToken,
      scope: "openid name address birthdate gender",
      about: marker,
    };
    return this.answers.token?.(good) ?? json(good);
  }

  #userinfo(): Answer {
    return this.answers.userinfo?.(person) ?? json(person);
  }
}

export const person: Members = {
  sub,
  name: `名${marker}`,
  address: `住所${marker}`,
  birthdate: "19800217",
  gender: "2",
  about: marker,
};

export function json(members: Members, status = 200): Answer {
  return { status, body: JSON.stringify(members) };
}

function respond({ status = 200, type = "application/json", body }: Answer): Response {
  const none = [204, 205, 304].includes(status);
  return new Response(none ? null : body, { status, headers: { "content-type": type, "x-about": "7f3a" } });
}
