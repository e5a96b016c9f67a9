// A program for Cloudflare Workers with the types of `@cloudflare/workers-types`.
import { init, verifyIdToken } from "honnin";
import whole from "honnin/honnin.wasm";
import idToken from "honnin/id-token.wasm";
import { environments } from "honnin/launch";
import { type RequestContext, relyingParty } from "honnin/relying-party";
import { durableObjectStore, HonninStore } from "honnin/relying-party/cloudflare";
import { initSync } from "honnin/slim";

export { HonninStore };

interface Env {
  readonly STORE: DurableObjectNamespace<HonninStore>;
  readonly KEYS: string;
}

initSync({ module: whole, idToken });
await init({ module: whole });

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const context: RequestContext = ctx;
    const rp = relyingParty({
      environment: environments.sandbox,
      clientId: "city",
      clientKey: { kty: "EC" },
      redirectUri: "https://city.example/auth/callback",
      cookieSecret: "a secret of no consequence, long enough",
      onLogin: ({ sub }, { headers }) => ({ sessionData: { sub, ip: headers.get("cf-connecting-ip") } }),
      store: durableObjectStore(env.STORE),
    });
    if (new URL(request.url).pathname.startsWith("/auth/")) return rp.fetch(request, context);
    const { issuer } = environments.sandbox;
    const options = { issuer, clientId: "city", nonce: null, keys: env.KEYS };
    const { claims } = await verifyIdToken(await request.text(), options);
    return Response.json(claims);
  },
};
