import { invalid, refuseUnknown } from "../../option-checks.js";
import type { Store } from "../../storage/store.js";
import { reach, unexpectedReply } from "../unreachable.js";
import {
  type IoRedis,
  type NodeRedis,
  type RunScript,
  scriptRunner,
  type UpstashRedis,
} from "./run-script.js";

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** The prefix of all keys in Redis. Default `honnin:`. */
  readonly prefix?: string | undefined;
}

// Redis runs a script as a whole, with no other command in between. Every reply is a text that is not JSON: a client that parses
// replies returns it unchanged, and an adapter that forgets to return a reply cannot mean that there is no value.
const CREATE =
  "if redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then return 'yes' end return 'no'";
const GET = "local value = redis.call('GET', KEYS[1]) if value then return '=' .. value end return 'no'";
const REPLACE =
  "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'no' end redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 'yes'";
const DELETE = "redis.call('DEL', KEYS[1]) return 'yes'";

/**
 * A store in Redis (from version 2.6.12) or Valkey. Each call is one Lua script about one key, so it is atomic, also in a cluster.
 *
 * An error of the client is `store-unreachable`. Let the client report a lost connection at once, and never send a command again:
 * `disableOfflineQueue: true` for `redis`; `enableOfflineQueue: false`, `autoResendUnfulfilledCommands: false` and
 * `maxRetriesPerRequest: 0` for `ioredis`; `retry: false` for `@upstash/redis`. Let Redis evict no values (`maxmemory-policy noeviction`).
 *
 * @param client your client; or a function that runs a script, for any other client
 * @throws HonninError `options-invalid`
 *
 * @example
 * ```ts
 * import { redisStore } from "honnin/relying-party/redis";
 * import { createClient } from "redis";
 *
 * export async function openStore(url: string) {
 *   const client = createClient({ url, disableOfflineQueue: true });
 *   client.on("error", (error) => console.error(error.message));
 *   await client.connect();
 *   return redisStore(client, { prefix: "shop:" });
 * }
 * ```
 */
export function redisStore(
  client: RunScript | NodeRedis | IoRedis | UpstashRedis,
  options: RedisStoreOptions = {},
): Store {
  refuseUnknown(options, { prefix: true });
  const prefix: unknown = options.prefix ?? "honnin:";
  if (typeof prefix !== "string") throw invalid("prefix", "be a string");
  const runScript = scriptRunner(client);

  async function run(script: string, key: string, ...args: string[]): Promise<string> {
    const reply = await reach("Redis", async () => runScript(script, [prefix + key], args));
    if (typeof reply === "string") return reply;
    throw unexpectedReply("The Redis client", "It must return the reply of a script as a string.");
  }

  async function decide(script: string, key: string, ...args: string[]): Promise<boolean> {
    const reply = await run(script, key, ...args);
    if (reply !== "yes" && reply !== "no")
      throw unexpectedReply("The Redis client", "It must return the reply of the script unchanged.");
    return reply === "yes";
  }

  return {
    create: (key, value, seconds) => decide(CREATE, key, value, lifetime(seconds)),
    async get(key) {
      const reply = await run(GET, key);
      if (reply === "no") return undefined;
      if (reply.startsWith("=")) return reply.slice(1);
      throw unexpectedReply("The Redis client", "It must return the reply of the script unchanged.");
    },
    replace: (key, expected, value, seconds) => decide(REPLACE, key, expected, value, lifetime(seconds)),
    async delete(key) {
      await decide(DELETE, key);
    },
  };
}

/** Milliseconds. Redis refuses 0. */
function lifetime(seconds: number): string {
  return String(Math.max(Math.ceil(seconds * 1_000), 1));
}
