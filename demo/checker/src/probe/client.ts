// The requests of the probe: one at a time, bounded, without redirects.
import { randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import type { ProbeOptions } from "./options.js";

export interface Answer {
  /** 0: no answer. */
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; `undefined` if it is none. */
  readonly json: unknown;
  readonly contentType: string;
}

const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_MILLISECONDS = 20_000;

export interface Endpoints {
  readonly discovery: string;
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  readonly jwks: string;
  readonly signTransactions: string;
}

export class ProbeClient {
  readonly endpoints: Endpoints;
  readonly #options: ProbeOptions;

  constructor(options: ProbeOptions) {
    this.#options = options;
    const protocol = `${options.issuer}/protocol/openid-connect`;
    this.endpoints = {
      discovery: `${options.issuer}/.well-known/openid-configuration`,
      authorization: `${protocol}/auth`,
      token: `${protocol}/token`,
      userinfo: `${protocol}/userinfo`,
      jwks: `${protocol}/certs`,
      signTransactions: options.signTransactionsEndpoint,
    };
  }

  /** Never throws: no answer is a finding too. */
  async request(url: string, init: RequestInit = {}): Promise<Answer> {
    const send = this.#options.fetch ?? fetch;
    try {
      const response = await send(url, {
        redirect: "manual",
        signal: AbortSignal.timeout(REQUEST_MILLISECONDS),
        ...init,
      });
      const { status, headers } = response;
      return { status, headers, json: await readJson(response), contentType: typeOf(headers) };
    } catch {
      return { status: 0, headers: new Headers(), json: undefined, contentType: "" };
    }
  }

  bearer(url: string, token: string, init: RequestInit = {}): Promise<Answer> {
    return this.request(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  }

  async token(parameters: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request(this.endpoints.token, {
      method: "POST",
      body: new URLSearchParams({
        client_id: this.#options.clientId,
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await this.#assertion(),
        ...parameters,
      }),
    });
  }

  async #assertion(): Promise<string> {
    const { key, clientId } = this.#options;
    const alg = key.alg ?? (key.kty === "EC" ? "ES256" : "RS256");
    return new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg, ...(key.kid === undefined ? {} : { kid: key.kid }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(this.endpoints.token)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(await importJWK(key as Parameters<typeof importJWK>[0], alg));
  }
}

function typeOf(headers: Headers): string {
  const [type = ""] = (headers.get("content-type") ?? "").split(";", 1);
  return type.trim().toLowerCase();
}

async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
