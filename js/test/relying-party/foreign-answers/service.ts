// A service that answers as a row says, reached through the handler's `fetch` option alone.
import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Fetch } from "../../../src/bounded-fetch.js";
import { environmentAt } from "../../../src/launch/environments.js";
import {
  type HonninError,
  type Login,
  type PrivateJwk,
  relyingParty,
} from "../../../src/relying-party/index.js";
import { Browser } from "../browser.js";
import { type Answer, type Answers, asked, type Ordinary, type Row } from "./row.js";

const environment = environmentAt("https://op.example");
const clientId = "client0123456789";
const sub = "pairwise-0123456789";
const accessToken = "access-token-0123456789";
const redirectUri = "https://shop.example/auth/callback";

const pairs = { ES256: await generateKeyPair("ES256"), RS256: await generateKeyPair("RS256") };
const { privateKey } = await generateKeyPair("ES256", { extractable: true });
const clientKey = (await exportJWK(privateKey)) as unknown as PrivateJwk;

const person = {
  sub,
  name: "山田　花子",
  address: "東京都千代田区霞が関１－１",
  birthdate: "19800217",
  gender: "2",
};

/** Where a login with a row's answers ended. */
export interface Ending {
  readonly response: Response;
  readonly login?: Login;
  readonly error?: HonninError;
  /** Every request that the handler sent, as `METHOD path`. */
  readonly requests: readonly string[];
}

export async function logIn(row: Row): Promise<Ending> {
  const ending: { login?: Login; error?: HonninError } = {};
  const requests: string[] = [];
  let answers: Answers | undefined;
  const fetch: Fetch = async (url, init) => {
    const { pathname } = new URL(url);
    requests.push(`${init.method ?? "GET"} ${pathname}`);
    if (answers === undefined) throw new Error("asked before the user came back");
    if (url === environment.tokenEndpoint) return respond(answers.token);
    if (url === environment.jwksUri) return respond(answers.keys);
    if (url !== environment.userinfoEndpoint) throw new Error(`nobody is at ${url}`);
    const { userinfo } = answers;
    return respond(typeof userinfo === "function" ? userinfo(new Headers(init.headers)) : userinfo);
  };
  const browser = new Browser(
    relyingParty({
      environment,
      clientId,
      clientKey,
      redirectUri,
      scope: asked,
      cookieSecret: "0123456789abcdef0123456789abcdef",
      fetch,
      onLogin: (login) => {
        ending.login = login;
      },
      onError: (error) => {
        ending.error = error;
      },
      ...row.options,
    }),
  );
  const begun = await browser.send(new URL("login?lang=en", redirectUri));
  const request = new URL(begun.headers.get("location") ?? "").searchParams;
  answers = await answersOf(row, request.get("nonce") ?? "");
  const callback = new URL(redirectUri);
  callback.search = String(
    new URLSearchParams({ state: request.get("state") ?? "", ...answers.authorization }),
  );
  return { response: await browser.send(callback), requests, ...ending };
}

async function answersOf(row: Row, nonce: string): Promise<Answers> {
  const alg = row.idToken?.alg ?? "ES256";
  const published = alg === "HS256" ? "ES256" : alg;
  const pair = pairs[published];
  const key: JWK = { ...(await exportJWK(pair.publicKey)), kid: "op-1", alg: published, use: "sig" };
  const now = Math.floor(Date.now() / 1000);
  const idToken = await new SignJWT({
    iss: environment.issuer,
    aud: clientId,
    sub,
    iat: now,
    exp: now + 300,
    nonce,
    at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
    ...row.idToken?.claims,
  })
    .setProtectedHeader({ alg, kid: "op-1" })
    .sign(alg === "HS256" ? new Uint8Array(32).fill(7) : pair.privateKey);
  const tokens = { access_token: accessToken, id_token: idToken };
  const ordinary: Ordinary = { issuer: environment.issuer, sub, tokens, person, key };
  return {
    authorization: { code: "code-0123456789" },
    token: { body: { ...tokens, token_type: "Bearer", expires_in: 300, scope: asked.join(" ") } },
    userinfo: { body: person },
    keys: { body: { keys: [key] } },
    ...row.answers?.(ordinary),
  };
}

function respond({ status = 200, type = "application/json", headers = {}, body }: Answer): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": type, ...headers },
  });
}
