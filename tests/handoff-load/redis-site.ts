// One of the server processes on Redis. It prints the port that it listens on.
import { redisStore } from "honnin/relying-party/redis";
import { nodeRedis } from "../stores/redis-clients.ts";
import { serveOnNode } from "../support/node-server.ts";
import { makeSite, type SiteSettings } from "./site.ts";

const [socket = "", given = ""] = process.argv.slice(2);
const settings = JSON.parse(given) as SiteSettings;
const { port } = await serveOnNode(makeSite(settings, redisStore(await nodeRedis(socket))), settings.origin);
// It does not outlive the test.
process.stdin.resume().on("end", () => process.exit());
process.stdout.write(`${port}\n`);
