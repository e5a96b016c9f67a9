// The clients that the store accepts, each with the options that its documentation recommends.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Redis as UpstashClient } from "@upstash/redis";
import type { Store } from "honnin/relying-party";
import { redisStore } from "honnin/relying-party/redis";
import { Redis as IoClient } from "ioredis";
import { createClient } from "redis";

export interface Opened {
  readonly store: Store;
  close(): Promise<void>;
}

/** @param socket that of the Redis */
export type Open = (socket: string) => Promise<Opened>;

export async function nodeRedis(path: string) {
  const client = createClient({ socket: { path, reconnectStrategy: 20 }, disableOfflineQueue: true });
  // Without a listener, an error would end the process. Each call has its own.
  client.on("error", () => {});
  await client.connect();
  return client;
}

export const clients: Readonly<Record<string, Open>> = {
  async redis(socket) {
    const client = await nodeRedis(socket);
    return { store: redisStore(client), close: async () => client.destroy() };
  },
  async ioredis(path) {
    const client = new IoClient({
      path,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => 20,
    });
    client.on("error", () => {});
    await once(client, "ready");
    return { store: redisStore(client), close: async () => client.disconnect() };
  },
  async "@upstash/redis"(socket) {
    const { url, close } = await restProxy(socket);
    const client = new UpstashClient({ url, token: "none", retry: false, enableTelemetry: false });
    return { store: redisStore(client), close };
  },
  async "a function"(socket) {
    const client = await nodeRedis(socket);
    const store = redisStore((script, keys, args) =>
      client.sendCommand(["EVAL", script, String(keys.length), ...keys, ...args]),
    );
    return { store, close: async () => client.destroy() };
  },
};

/** What Upstash puts in front of its Redis: commands and replies as JSON, one or several at a time. */
async function restProxy(socket: string): Promise<{ url: string; close: () => Promise<void> }> {
  const client = await nodeRedis(socket);
  const encode = (reply: unknown) =>
    typeof reply === "string" && reply !== "OK" ? Buffer.from(reply).toString("base64") : reply;
  const run = async (command: unknown[]) => {
    try {
      return { result: encode(await client.sendCommand(command.map(String))) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = JSON.parse(await text(request));
      const isPipeline = request.url === "/pipeline";
      const reply = isPipeline ? await Promise.all(body.map(run)) : await run(body);
      response.statusCode = "error" in reply ? 400 : 200;
      response.end(JSON.stringify(reply));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
