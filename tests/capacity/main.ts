// npm run capacity: what a login, a handoff and a signature cost a server and its store.
import { cpus, release, totalmem, type } from "node:os";
import { keyPair } from "../support/key-pair.ts";
import { startService } from "../support/small-service/process.ts";
import { measureCosts, measureHeld, measureSignature } from "./costs.ts";
import { planOf } from "./plan.ts";
import { measureRatios } from "./ratios.ts";
import { page } from "./report/page.ts";
import { writeReport } from "./report/write.ts";
import type { Results } from "./results.ts";
import { measureRedis, measureWorkerd } from "./shared.ts";
import type { SiteSettings } from "./sites/settings.ts";

const usage = "npm run capacity -- [--quick] [--write]";
const origin = "http://localhost:4000";

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  process.stderr.write(`${name} … `);
  const start = performance.now();
  const result = await work();
  process.stderr.write(`${((performance.now() - start) / 1_000).toFixed(0)} s\n`);
  return result;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpu?.model.trim() || "unknown"}, ${cpus().length} cores, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

async function measure(quick: boolean): Promise<Results> {
  const plan = planOf(quick);
  const key = await keyPair("ES256", "sig", "site");
  const client = { clientId: "site", key: key.registered, redirectUri: `${origin}/auth/callback` };
  const service = await startService(client);
  const settings: SiteSettings = {
    origin,
    serviceOrigin: service.origin,
    clientId: client.clientId,
    clientKey: key.own,
  };
  const given = [origin, service.origin, JSON.stringify(settings), plan] as const;
  try {
    const ratios = await step("logins, in turns", () => measureRatios(...given));
    const { costs, resident, perStream } = await step("each flow", () => measureCosts(...given));
    const perLogin = await step("what a process holds", () => measureHeld(...given));
    const signature = await step("signatures", () => measureSignature(origin, plan));
    const redis = process.env.HONNIN_REDIS ? await step("Redis", () => measureRedis(...given)) : [];
    const workerd = await step("workerd", () => measureWorkerd(settings, plan));
    const date = new Date().toISOString().slice(0, 10);
    const all = { ratios, costs: [...costs, signature], redis, workerd, resident, perLogin, perStream };
    return { date, machine: machine(), plan, ...all };
  } finally {
    await service.close();
  }
}

const flags = new Set(process.argv.slice(2));
const unknown = [...flags].find((flag) => flag !== "--quick" && flag !== "--write");
if (unknown !== undefined) throw new Error(`${unknown} is not a flag of this command. Usage: ${usage}`);
const results = await measure(flags.has("--quick"));
if (flags.has("--write")) writeReport(results);
else process.stdout.write(`\n${page(results)}\n`);
