// Two server processes over one Redis. Each is killed alone.
import { fileURLToPath } from "node:url";
import { RedisServer } from "../stores/redis-server.ts";
import { startProgram } from "../support/program.ts";
import type { SiteSettings } from "./site.ts";
import { Restarting, SERVERS, type Sites } from "./sites.ts";

const program = fileURLToPath(new URL("./redis-site.ts", import.meta.url));

export async function onRedis(settings: SiteSettings): Promise<Sites> {
  const redis = await RedisServer.start();
  const start = () => startProgram(program, [redis.socket, JSON.stringify(settings)]);
  const servers = Array.from({ length: SERVERS }, () => new Restarting(start, ({ kill }) => kill()));
  const at = (server: number) => servers[server % SERVERS] ?? servers[0];
  return {
    port: async (server) => Number((await at(server)?.running)?.line),
    restart: async (server) => at(server)?.restart(),
    async close() {
      await Promise.allSettled(servers.map((server) => server.stop()));
      await redis.remove();
    },
  };
}
