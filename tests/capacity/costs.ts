// What one login, one handoff, a moment of waiting and one signature cost a process, and what they leave in it.
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { keyPair } from "../support/key-pair.ts";
import { startProgram } from "../support/program.ts";
import type { KindCount, StoreCounts } from "./counted-store.ts";
import type { EmulatorAddress } from "./emulator-program.ts";
import { handOff, logIn, sign, waiting } from "./flows.ts";
import { type MeasuredSite, startSite } from "./measured-site.ts";
import type { Plan } from "./plan.ts";
import type { Cost } from "./results.ts";
import type { Usage } from "./sites/serve.ts";
import type { SigningSettings } from "./sites/signing.ts";

type Flow = readonly [name: string, work: (site: MeasuredSite) => Promise<void>];

export async function measureCosts(
  origin: string,
  serviceOrigin: string,
  settings: string,
  plan: Plan,
): Promise<{ costs: Cost[]; resident: number; perStream: number }> {
  const site = await startSite("honnin", origin, [settings, "counted"]);
  try {
    const login: Flow = ["login", ({ wire }) => logIn(wire, serviceOrigin)];
    const handoff: Flow = ["handoff, without waiting", ({ wire }) => handOff(wire, serviceOrigin)];
    const computer = await waiting(site.wire);
    const poll: Flow = ["one poll of the state", async () => void (await computer.poll())];
    const costs = [];
    for (const flow of [login, handoff, poll]) costs.push(await measure(site, flow, plan));
    const { resident } = await site.usage(true);
    const stream = await measureStream(site);
    return { costs: [...costs, stream.cost], resident, perStream: stream.held };
  } finally {
    await site.close();
  }
}

async function measure(site: MeasuredSite, [name, work]: Flow, plan: Plan): Promise<Cost> {
  const count = plan.rounds * plan.perRound;
  for (let warm = 0; warm < plan.warmUp; warm += 1) await work(site);
  const before = await site.usage(true);
  for (let done = 0; done < count; done += 1) await work(site);
  return cost(name, before, await site.usage(), count);
}

/** Streams side by side, for as long as a stream lasts. */
const STREAMS = 50;
const SECONDS = 20;

async function measureStream(site: MeasuredSite): Promise<{ cost: Cost; held: number }> {
  const computers = await Promise.all(Array.from({ length: STREAMS }, () => waiting(site.wire)));
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const closed = await site.usage(true);
  const open = computers.map((computer) => computer.events("/auth/handoff/events", () => {}, stop.signal));
  const before = await site.usage(true);
  await sleep(1_000 * SECONDS);
  const after = await site.usage();
  const held = ((await site.usage(true)).heap - closed.heap) / STREAMS;
  stop.abort();
  await Promise.all(open);
  return { cost: cost("one second of an open event stream", before, after, STREAMS * SECONDS), held };
}

function cost(name: string, before: Usage, after: Usage, count: number): Cost {
  return {
    name,
    cpu: (after.cpu - before.cpu) / count,
    traffic: (after.traffic - before.traffic) / count,
    store: perFlow(before.store ?? {}, after.store ?? {}, count),
  };
}

/** What came on top, for each flow. */
function perFlow(before: StoreCounts, after: StoreCounts, count: number): StoreCounts {
  const counts: StoreCounts = {};
  for (const [kind, sums] of Object.entries(after)) {
    const earlier: Partial<KindCount> = before[kind] ?? {};
    const entries = Object.entries(sums) as [keyof KindCount, number][];
    const share = entries.map(([name, sum]) => [name, (sum - (earlier[name] ?? 0)) / count] as const);
    if (share.some(([, value]) => value > 0))
      counts[kind] = Object.fromEntries(share) as unknown as KindCount;
  }
  return counts;
}

/** At the emulator, with a document that the browser has hashed, RSA-2048, and a response of its OCSP responder. */
export async function measureSignature(origin: string, plan: Plan): Promise<Cost> {
  const [key, decryptionKey] = [
    await keyPair("ES256", "sig", "site"),
    await keyPair("RSA-OAEP-256", "enc", "decryption"),
  ];
  const client = {
    clientId: "site",
    name: "site",
    redirectUris: [`${origin}/auth/callback`],
    jwks: { keys: [key.registered, decryptionKey.registered] },
  };
  const program = new URL("./emulator-program.ts", import.meta.url).pathname;
  const emulator = await startProgram(program, [JSON.stringify(client)]);
  try {
    const { origin: serviceOrigin, ...trust } = JSON.parse(emulator.line) as EmulatorAddress;
    const settings: SigningSettings = {
      origin,
      serviceOrigin,
      clientId: client.clientId,
      clientKey: key.own,
      decryptionKey: decryptionKey.own,
      ...trust,
    };
    const site = await startSite("signing", origin, [JSON.stringify(settings)]);
    try {
      const few = { ...plan, warmUp: plan.warmUp / 10, perRound: plan.perRound / 10 };
      return await measure(site, ["signature", ({ wire }) => sign(wire)], few);
    } finally {
      await site.close();
    }
  } finally {
    await emulator.kill();
  }
}

/** Bytes that a process holds for each login, outside of its store: as many are made as the handler remembers. */
export async function measureHeld(
  origin: string,
  serviceOrigin: string,
  settings: string,
  plan: Plan,
): Promise<number> {
  const site = await startSite("honnin", origin, [settings, "none"]);
  const count = 4 * plan.perRound * plan.rounds;
  const some = async () => {
    for (let login = 0; login < count; login += 1) await logIn(site.wire, serviceOrigin);
  };
  try {
    await some();
    const { heap } = await site.usage(true);
    await some();
    return ((await site.usage(true)).heap - heap) / count;
  } finally {
    await site.close();
  }
}
