// CPU of a login: honnin's handler, and the same login written by hand with jose and oauth4webapi. In one run, in turns.
import assert from "node:assert/strict";
import { interleaved } from "../bench/rounds.ts";
import { wrongTokens } from "../support/small-service/provider.ts";
import { begin, logIn } from "./flows.ts";
import { type MeasuredSite, startSite } from "./measured-site.ts";
import type { Plan } from "./plan.ts";
import type { Ratio } from "./results.ts";

/** Names, and the programs in `sites/` with their arguments. */
export const variants: ReadonlyMap<string, readonly [site: string, ...args: string[]]> = new Map([
  ["honnin, a store in memory", ["honnin", "memory"]],
  ["honnin, without a store", ["honnin", "none"]],
  ["jose + oauth4webapi", ["bare"]],
  ["only HTTP", ["nothing"]],
]);

export async function measureRatios(
  origin: string,
  serviceOrigin: string,
  settings: string,
  plan: Plan,
): Promise<Ratio[]> {
  const sites = new Map<string, MeasuredSite>();
  try {
    for (const [name, [site, ...args]] of variants)
      sites.set(name, await startSite(site, origin, [settings, ...args]));
    for (const [name, site] of sites) if (name !== "only HTTP") await prove(name, site, serviceOrigin);
    const some = async (name: string, count: number) => {
      const site = sites.get(name) ?? assert.fail();
      const { cpu } = await site.usage();
      for (let login = 0; login < count; login += 1) await logIn(site.wire, serviceOrigin);
      return ((await site.usage()).cpu - cpu) / count;
    };
    for (const name of sites.keys()) await some(name, plan.warmUp);
    const samples = await interleaved([...sites.keys()], plan, (name) => some(name, plan.perRound));
    return [...samples].map(([name, samples]) => ({ name, samples }));
  } finally {
    for (const site of sites.values()) await site.close();
  }
}

/** Before it is measured, a login must work, and each wrong response and each wrong token be refused. */
export async function prove(
  name: string,
  { wire }: Pick<MeasuredSite, "wire">,
  serviceOrigin: string,
): Promise<void> {
  const { browser, callback } = await begin(wire, serviceOrigin, "somebody");
  const refused = async (url: URL, by = browser) => {
    const { status } = await by.visit(url.href, "cross-site");
    assert.ok(status >= 400, `${name} accepts what is wrong`);
  };
  const other = new URL(callback);
  other.searchParams.set("state", "x".repeat(43));
  await refused(other);
  await refused(callback, (await begin(wire, serviceOrigin)).browser);
  const done = await browser.visit(callback.href, "cross-site");
  assert.equal(done.status, 303, `${name} refuses a good login`);
  assert.match((await browser.link("/me")).text, /somebody/, `${name} has no session`);
  for (const person of Object.keys(wrongTokens)) {
    const { browser, callback } = await begin(wire, serviceOrigin, person);
    await refused(callback, browser);
    assert.doesNotMatch((await browser.link("/me")).text, new RegExp(person));
  }
}
