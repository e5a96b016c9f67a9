// The same with a shared store: in Redis, and in workerd with Durable Objects on disk.
import { setTimeout as sleep } from "node:timers/promises";
import { nodeRedis } from "../stores/redis-clients.ts";
import { RedisServer } from "../stores/redis-server.ts";
import { LoopbackWire, type Wire } from "../support/wire.ts";
import { startWorkers } from "../support/workers.ts";
import { handOff, logIn } from "./flows.ts";
import { cpuOf, startSite } from "./measured-site.ts";
import type { Plan } from "./plan.ts";
import type { Shared } from "./results.ts";
import { cookieSecret, type SiteSettings } from "./sites/settings.ts";

/** Seconds for which an idle Redis is watched. */
const IDLE = 10;

const flows = { login: logIn, "handoff, without waiting": handOff } as const;

/** @param read the figures so far. @returns what one flow added to each */
async function each<Name extends string>(
  flow: (wire: Wire, serviceOrigin: string) => Promise<void>,
  wire: Wire,
  serviceOrigin: string,
  plan: Plan,
  read: () => Promise<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const count = plan.rounds * plan.perRound;
  for (let warm = 0; warm < plan.warmUp; warm += 1) await flow(wire, serviceOrigin);
  const before = await read();
  for (let done = 0; done < count; done += 1) await flow(wire, serviceOrigin);
  const after = await read();
  const names = Object.keys(before) as Name[];
  return Object.fromEntries(names.map((name) => [name, (after[name] - before[name]) / count])) as Record<
    Name,
    number
  >;
}

export async function measureRedis(
  origin: string,
  serviceOrigin: string,
  settings: string,
  plan: Plan,
): Promise<Shared[]> {
  const redis = await RedisServer.start();
  const client = await nodeRedis(redis.socket);
  const site = await startSite("honnin", origin, [settings, "redis", redis.socket]);
  const cpu = async () => {
    const info = await client.info("cpu");
    const of = (name: string) => Number(new RegExp(`^${name}:(.+)$`, "m").exec(info)?.[1]);
    return 1e6 * (of("used_cpu_sys") + of("used_cpu_user"));
  };
  try {
    // What Redis does for itself, ten times a second, is not the work of a login.
    const idle = await cpu();
    await sleep(1_000 * IDLE);
    const perMs = ((await cpu()) - idle) / (1_000 * IDLE);
    const read = async () => ({
      site: (await site.usage()).cpu,
      store: (await cpu()) - perMs * performance.now(),
    });
    const rows: Shared[] = [];
    for (const [name, flow] of Object.entries(flows))
      rows.push({ name, ...(await each(flow, site.wire, serviceOrigin, plan, read)) });
    return rows;
  } finally {
    client.destroy();
    await site.close();
    await redis.remove();
  }
}

const worker = (withStore: boolean) => `
import { environmentAt } from "honnin/launch";
import { relyingPartyForLogins } from "honnin/relying-party";
import { durableObjectStore } from "honnin/relying-party/cloudflare";
export { HonninStore } from "honnin/relying-party/cloudflare";

let party;
function open({ SETTINGS, STORE }) {
  const { origin, serviceOrigin, clientId, clientKey } = JSON.parse(SETTINGS);
  return relyingPartyForLogins({
    environment: environmentAt(serviceOrigin),
    allowEmulator: true,
    clientId,
    clientKey,
    redirectUri: origin + "/auth/callback",
    cookieSecret: ${JSON.stringify(cookieSecret)},
    onLogin: () => undefined,
    ${withStore ? "store: durableObjectStore(STORE), handoff: { limits: { anonymous: 1_000_000 } }," : ""}
  });
}
export default { fetch: (request, env, context) => (party ??= open(env)).fetch(request, context) };
`;

export async function measureWorkerd(settings: SiteSettings, plan: Plan): Promise<Shared[]> {
  const { origin, serviceOrigin } = settings;
  const rows: Shared[] = [];
  for (const withStore of [false, true]) {
    const workers = await startWorkers(worker(withStore), settings, ["site"]);
    const { pid, ports } = await workers.start();
    const wire = new LoopbackWire(origin, () => ports.get("site") ?? 0);
    try {
      for (const [name, flow] of Object.entries(flows)) {
        if (!withStore && name !== "login") continue;
        const read = async () => ({ site: cpuOf(pid) });
        const about = withStore ? "Durable Objects" : "no store";
        rows.push({ name: `${name}, ${about}`, ...(await each(flow, wire, serviceOrigin, plan, read)) });
      }
    } finally {
      wire.close();
      await workers.remove();
    }
  }
  return rows;
}
