// A server process of the load test: calls its store for whoever asks, until it is killed. It prints the port that it listens on.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { redisStore } from "honnin/relying-party/redis";
import { nodeRedis } from "../redis-clients.ts";

const [socket = ""] = process.argv.slice(2);
const client = await nodeRedis(socket);
await client.clientSetName(`server-${process.pid}`);
const store = redisStore(client);

// It does not outlive the test.
process.stdin.resume().on("end", () => process.exit());

const server = createServer((request, response) => {
  void (async () => {
    const { call, given } = JSON.parse(await text(request)) as {
      call: "create" | "replace";
      given: [string, string, string, number];
    };
    const work = store[call] as (...given: unknown[]) => Promise<boolean>;
    response.end(JSON.stringify(await work(...given)));
  })();
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
