// The measured site of honnin: for logins only, without a store or with one; with handoffs; with one in Redis.
import { environmentAt } from "honnin/launch";
import { type LoginPartyOptions, memoryStore, relyingPartyForLogins } from "honnin/relying-party";
import { redisStore } from "honnin/relying-party/redis";
import { nodeRedis } from "../../stores/redis-clients.ts";
import { countedStore } from "../counted-store.ts";
import { serveMeasured } from "./serve.ts";
import { cookieSecret, type SiteSettings } from "./settings.ts";

const [given = "", kind = "", socket = ""] = process.argv.slice(2);
const { origin, serviceOrigin, clientId, clientKey } = JSON.parse(given) as SiteSettings;
const options: LoginPartyOptions = {
  environment: environmentAt(serviceOrigin),
  allowEmulator: true,
  clientId,
  clientKey,
  redirectUri: `${origin}/auth/callback`,
  cookieSecret,
  onLogin: () => undefined,
};

const counted = kind === "counted" ? countedStore(memoryStore({ maxEntries: 1_000_000 })) : undefined;
const store =
  kind === "redis"
    ? redisStore(await nodeRedis(socket))
    : kind === "memory"
      ? memoryStore({ maxEntries: 1_000_000 })
      : counted?.store;
const handoff = { limits: { anonymous: 1_000_000, perClient: 1_000_000 } };
const party = relyingPartyForLogins(store === undefined ? options : { ...options, store, handoff });

await serveMeasured(
  async (request) =>
    new URL(request.url).pathname === "/me"
      ? Response.json((await party.session(request)) ?? null)
      : party.fetch(request),
  origin,
  () => counted?.counts,
);
