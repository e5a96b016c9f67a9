// A program without the types of any platform.
import { type HonninError, initSync, verifyIdToken } from "honnin";
import type { HonninElementEventMap } from "honnin/element";
import { environments } from "honnin/launch";
import { relyingParty } from "honnin/relying-party";
import { redisStore } from "honnin/relying-party/redis";
import { initSync as initSlim } from "honnin/slim";
import { storeConformance } from "honnin/store-conformance";

declare const bytes: Uint8Array;

export async function logIn(idToken: string, keys: string): Promise<string> {
  initSync({ module: bytes });
  initSlim({ idToken: bytes });
  const { issuer } = environments.sandbox;
  const options = { issuer, clientId: "city", nonce: null, keys };
  // @ts-expect-error No such option: the types are none that accept anything.
  await verifyIdToken(idToken, { ...options, keys: 1 });
  return (await verifyIdToken(idToken, options)).claims.sub;
}

export const code = ({ code }: HonninError): string => code;

export const rp = relyingParty({
  environment: environments.sandbox,
  clientId: "city",
  clientKey: { kty: "EC" },
  redirectUri: "https://city.example/auth/callback",
  cookieSecret: "a secret of no consequence, long enough",
  onLogin: ({ sub }, { url }) => ({ sessionData: { sub, url } }),
  store: redisStore(async (script) => script),
});

export async function status(request: Parameters<typeof rp.fetch>[0]): Promise<number> {
  const response = await rp.fetch(request);
  // @ts-expect-error A response is no number.
  const wrong: number = response;
  return response.status + wrong;
}

export const state = ({ detail }: HonninElementEventMap["honnin-state"]): string => detail.state;

export const cases = storeConformance;
