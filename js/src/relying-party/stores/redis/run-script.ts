import { invalid } from "../../option-checks.js";

/**
 * Runs a Lua script with `EVAL`, and returns its reply, which is a string. It must reject if Redis cannot be reached, and should not
 * send a script twice.
 */
export type RunScript = (script: string, keys: string[], args: string[]) => Promise<unknown>;

/** A client, a pool or a cluster of the package `redis` (node-redis) from version 4. */
export interface NodeRedis {
  readonly EVAL: unknown;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** A client or a cluster of the package `ioredis` or `iovalkey`. */
export interface IoRedis {
  readonly defineCommand: unknown;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** A client of the package `@upstash/redis`. */
export interface UpstashRedis {
  readonly createScript: unknown;
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/**
 * The function for a client. All of them have `eval`, each with its own arguments, so a client counts only if it has exactly one of the
 * functions that distinguish them.
 *
 * @throws HonninError `options-invalid`
 */
export function scriptRunner(client: RunScript | NodeRedis | IoRedis | UpstashRedis): RunScript {
  if (typeof client === "function") return client;
  const has = (name: string) =>
    typeof client === "object" && client !== null && typeof Reflect.get(client, name) === "function";
  const marks = (["EVAL", "defineCommand", "createScript"] as const).filter(has);
  const [mark] = marks;
  if (!has("eval") || mark === undefined || marks.length > 1) {
    throw invalid(
      "The client",
      "be one of the packages redis (from version 4), ioredis, iovalkey or @upstash/redis, or a function (script, keys, args) that runs EVAL",
    );
  }
  const known = client as NodeRedis & IoRedis & UpstashRedis;
  switch (mark) {
    case "EVAL":
      return (script, keys, args) => (known as NodeRedis).eval(script, { keys, arguments: args });
    case "defineCommand":
      return (script, keys, args) => (known as IoRedis).eval(script, keys.length, ...keys, ...args);
    case "createScript":
      return (script, keys, args) => (known as UpstashRedis).eval(script, keys, args);
  }
}
