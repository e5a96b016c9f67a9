// Thousands of handoffs, hundreds at a time, while servers are killed: what became of each.
import { keyPair } from "../support/key-pair.ts";
import { startService } from "../support/small-service/process.ts";
import type { ServiceReport } from "../support/small-service/provider.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { Network } from "./network.ts";
import { roleAt, roles, withoutLogin } from "./roles.ts";
import { LAPSE, type SiteSettings } from "./site.ts";
import type { StartSites } from "./sites.ts";
import { type Outcome, Story } from "./story.ts";

export interface Plan {
  readonly handoffs: number;
  readonly atOnce: number;
  readonly kills: number;
  /** From 0 to 1. Repeats the choices, but not the moments in which processes run. */
  readonly random: () => number;
}

export interface Run {
  readonly outcomes: readonly Outcome[];
  readonly entries: Ledger["entries"];
  readonly service: ServiceReport;
  readonly kills: number;
  /** Requests without an answer, by the reason. */
  readonly lost: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Milliseconds of each answered request to the site. */
  readonly times: readonly number[];
}

/** An origin, not an address: the network leads it to either server. */
const origin = "http://localhost:4000";

export async function runHandoffs(start: StartSites, plan: Plan): Promise<Run> {
  const key = await keyPair("ES256", "sig", "site");
  const client = { clientId: "site", key: key.registered, redirectUri: `${origin}/auth/callback` };
  const closing: (() => Promise<void> | void)[] = [];
  try {
    const service = await startService(client);
    closing.push(service.close);
    const ledger = await openLedger();
    closing.push(ledger.close);
    const settings: SiteSettings = {
      origin,
      serviceOrigin: service.origin,
      ledger: ledger.url,
      clientId: client.clientId,
      clientKey: key.own,
    };
    const sites = await start(settings);
    closing.push(sites.close);
    const network = new Network(origin, sites, plan.random);
    closing.push(() => network.close());
    const begun = performance.now();
    const outcomes = await liveAll(network, service.origin, plan);
    const seconds = (performance.now() - begun) / 1_000;
    await network.settled();
    const { kills, lost, times } = network;
    return {
      outcomes,
      entries: ledger.entries,
      service: await service.report(),
      kills,
      lost,
      seconds,
      times,
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function liveAll(
  network: Network,
  serviceOrigin: string,
  { handoffs, atOnce, kills, random }: Plan,
): Promise<Outcome[]> {
  /** The numbers of finished handoffs after which a server is killed. */
  const moments = Array.from({ length: kills }, () => Math.floor((0.02 + 0.88 * random()) * handoffs)).sort(
    (a, b) => a - b,
  );
  const outcomes: Outcome[] = [];
  const running: Promise<void>[] = [];
  let begun = 0;
  let failure: { readonly error: unknown } | undefined;

  /** Begins the next ones, until enough are on their way. */
  const live = async (): Promise<void> => {
    while (begun < handoffs && failure === undefined) {
      const number = begun;
      begun += 1;
      await new Promise<void>((idle) => running.push(one(number, idle).finally(idle)));
    }
  };
  const one = async (number: number, idle: () => void) => {
    // Each role at least once.
    const [isEarly, role] = [number < handoffs / 2, roles[number] ?? roleAt(random())];
    // Nothing is left open towards the end, where all would wait for it.
    const chosen = !isEarly && role.startsWith("nobody") ? "left alone" : role;
    const isPatient = isEarly && random() < 0.5;
    try {
      const story = new Story(number, chosen, { network, serviceOrigin, random, idle, isPatient });
      outcomes.push(await story.live());
    } catch (error) {
      failure ??= { error: new Error(`handoff ${number}, ${chosen}`, { cause: error }) };
      network.stop();
    }
    if (outcomes.length < (moments[0] ?? Number.POSITIVE_INFINITY)) return;
    moments.shift();
    network.killSoon();
  };

  await Promise.all(Array.from({ length: atOnce }, live));
  await Promise.all(running);
  if (failure !== undefined) throw failure.error;
  return outcomes;
}

/** The code if the service did not answer in time: on a machine that is too busy. */
export const BUSY = "endpoint-timeout";

/** Whether it was bound to complete: its person wanted the login, nobody could take the code away, every answer came, and in time. */
export function isUndisturbed({ role, lost, end, code, seconds }: Outcome): boolean {
  const isLate = (end === "lapsed" && seconds >= LAPSE) || code === BUSY;
  return lost === 0 && role !== "a second phone scans at once" && !withoutLogin.includes(role) && !isLate;
}
