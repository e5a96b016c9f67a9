// A client that has documents signed: its keys, its tokens, and what it finds in a result.
import assert from "node:assert/strict";
import {
  createHash,
  createPublicKey,
  type KeyObject,
  publicDecrypt,
  randomBytes,
  verify,
  X509Certificate,
} from "node:crypto";
import { newEcKeyPair, newRsaKeyPair } from "@honnin/synthetic-jpki";
import { compactDecrypt } from "jose";
import * as oauth from "oauth4webapi";
import type { Client, Emulator } from "../src/index.js";
import {
  Browser,
  byTestCard,
  insecure,
  newClient,
  type RelyingParty,
  redirectUri,
  type TestClient,
} from "./support.js";

export interface SigningClient extends TestClient {
  readonly decryptionKey: KeyObject;
}

/** A client with a key for results besides its key for authentication. */
export function signingClient(
  clientId: string,
  key: { readonly alg?: string; readonly curve?: string } = {},
  options: Partial<Client> = {},
): SigningClient {
  const { publicKey, privateKey } = key.curve === undefined ? newRsaKeyPair(2048) : newEcKeyPair(key.curve);
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "enc-1", use: "enc" };
  const client = newClient(clientId, options);
  const keys = [...client.jwks.keys, key.alg === undefined ? jwk : { ...jwk, alg: key.alg }];
  return { ...client, jwks: { keys }, decryptionKey: privateKey };
}

/** The token that starts transactions. */
export async function clientToken(party: RelyingParty, scope?: string): Promise<string> {
  const response = await oauth.clientCredentialsGrantRequest(
    party.server,
    party.oauthClient,
    await party.authentication(),
    scope === undefined ? {} : { scope },
    insecure,
  );
  const tokens = await oauth.processClientCredentialsResponse(party.server, party.oauthClient, response);
  return tokens.access_token;
}

export const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest();
const prefixes = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
};
/** RFC 8017 §9.2, note 1. */
export function withPrefix(algorithm: keyof typeof prefixes, hash: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(prefixes[algorithm], "hex"), hash]);
}

export function post(op: Emulator, token: string, body: unknown): Promise<Response> {
  return fetch(op.signTransactionsEndpoint, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Starts a transaction for some bytes. */
export async function start(party: RelyingParty, data: Uint8Array = randomBytes(32)): Promise<string> {
  const token = await clientToken(party);
  const response = await post(party.emulator, token, { data: Buffer.from(data).toString("base64") });
  assert.equal(response.status, 201);
  return ((await response.json()) as { id: string }).id;
}

export interface Choice {
  readonly response?: string;
  readonly person?: string;
  readonly card?: string;
}

/** The access token of whoever authorizes the transaction on the test-card page. */
export async function authorize(party: RelyingParty, id: string, choice: Choice = {}): Promise<string> {
  const request = await byTestCard(party, choice as Record<string, string>, {
    scope: "openid sign",
    sign_transaction_id: id,
  });
  const tokens = await party.tokens(await party.exchange(request.callback, request), request.nonce);
  return tokens.access_token;
}

/** With what the authorization request comes straight back. */
export async function authorizationError(party: RelyingParty, id: string): Promise<string | null> {
  const { url, state } = await party.authorizationRequest({ scope: "openid sign", sign_transaction_id: id });
  const { url: callback } = await new Browser(party.emulator.origin).get(url.href);
  assert.equal(callback.origin + callback.pathname, redirectUri);
  assert.equal(callback.searchParams.get("state"), state);
  return callback.searchParams.get("error");
}

export function fetchResult(op: Emulator, id: string, token: string, init: RequestInit = {}) {
  return fetch(`${op.signTransactionsEndpoint}/${id}/result`, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  });
}

export async function outcome(response: Response): Promise<[status: number, error: string | undefined]> {
  const body = (await response.json()) as { error?: string; status?: string };
  return [response.status, body.error ?? body.status];
}

export interface Opened {
  readonly header: Record<string, unknown>;
  readonly signature: Buffer;
  readonly certificate: X509Certificate;
}

/** Opens a result as its client does. */
export async function open(client: SigningClient, response: Response): Promise<Opened> {
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  const body = (await response.json()) as { result: string };
  assert.deepEqual(Object.keys(body), ["result"]);
  const { plaintext, protectedHeader } = await compactDecrypt(body.result, client.decryptionKey);
  const content = JSON.parse(new TextDecoder().decode(plaintext)) as {
    signature: string;
    certificate: string;
  };
  assert.deepEqual(Object.keys(content), ["signature", "certificate"]);
  return {
    header: { ...protectedHeader },
    signature: Buffer.from(content.signature, "base64"),
    certificate: new X509Certificate(Buffer.from(content.certificate, "base64")),
  };
}

/** Starts, authorizes, fetches and opens. */
export async function sign(
  party: RelyingParty,
  client: SigningClient,
  data: Uint8Array,
  choice: Choice = {},
): Promise<Opened> {
  const id = await start(party, data);
  const token = await authorize(party, id, choice);
  return open(client, await fetchResult(party.emulator, id, token));
}

/** What an RSA signature is the padded form of. */
export function unpadded({ signature, certificate }: Opened): Buffer {
  return publicDecrypt(certificate.publicKey, signature);
}

export function verifies(
  hash: "sha256" | "sha384",
  document: Uint8Array,
  { signature, certificate }: Opened,
) {
  return verify(
    hash,
    document,
    createPublicKey(certificate.publicKey.export({ type: "spki", format: "pem" })),
    signature,
  );
}
