// A program for Node with Node's types, without the library `dom`.
import { readFile } from "node:fs/promises";
import { digestDocument, initSync, verifyIdToken } from "honnin";
import { createAuthorizationRequest, environments } from "honnin/launch";
import { memoryStore, relyingParty } from "honnin/relying-party";
import { initSync as initSlim } from "honnin/slim";

type Same<A, B> = [A, B] extends [B, A] ? true : false;

const key = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);

export const rp = relyingParty({
  environment: environments.sandbox,
  clientId: "city",
  clientKey: key.privateKey,
  redirectUri: new URL("https://city.example/auth/callback").href,
  cookieSecret: "a secret of no consequence, long enough",
  onLogin: ({ sub }, request) => ({ sessionData: { sub, agent: request.headers.get("user-agent") } }),
  store: memoryStore(),
});

export const request: Same<Parameters<typeof rp.fetch>[0], Request> = true;
export const response: Same<Awaited<ReturnType<typeof rp.fetch>>, Response> = true;

export async function serve(url: string): Promise<Response> {
  // @ts-expect-error A URL is no request.
  await rp.fetch(new URL(url));
  return rp.fetch(new Request(url, { headers: { cookie: "" } }));
}

export async function digest(path: string, signal: AbortSignal): Promise<string> {
  const { digest } = await digestDocument(new Blob([new Uint8Array(await readFile(path))]), {
    hash: "sha256",
    signal,
  });
  const streamed = await digestDocument(new Blob(["text"]).stream(), { hash: "sha256" });
  return Buffer.from(digest).toString("hex") + Buffer.from(streamed.digest).toString("hex");
}

export async function logIn(idToken: string, keys: string, file: URL): Promise<string> {
  const module = await readFile(file);
  initSync({ module });
  initSlim({ idToken: new Uint8Array(module) });
  const { url } = await createAuthorizationRequest({
    environment: environments.sandbox,
    clientId: "city",
    redirectUri: "https://city.example/auth/callback",
  });
  return (await verifyIdToken(idToken, { issuer: url, clientId: "city", nonce: null, keys })).claims.sub;
}
