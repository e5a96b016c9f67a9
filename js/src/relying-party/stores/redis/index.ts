/**
 * `honnin/relying-party/redis`: a store in Redis or Valkey, through your own client.
 *
 * @packageDocumentation
 */
export type { Store } from "../../storage/store.js";
export { type RedisStoreOptions, redisStore } from "./redis-store.js";
export type { IoRedis, NodeRedis, RunScript, UpstashRedis } from "./run-script.js";
