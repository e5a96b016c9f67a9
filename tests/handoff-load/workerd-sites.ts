// Two Workers in one workerd, over one namespace of Durable Objects on disk. A kill ends all of them.
import type { WorkerdProcess } from "../support/workerd-process.ts";
import { startWorkers } from "../support/workers.ts";
import type { SiteSettings } from "./site.ts";
import { Restarting, SERVERS, type Sites } from "./sites.ts";

const source = `
import { durableObjectStore } from "honnin/relying-party/cloudflare";
import { makeSite } from "./handoff-load/site.ts";
export { HonninStore } from "honnin/relying-party/cloudflare";

let site;
export default {
  fetch: (request, env, context) =>
    (site ??= makeSite(JSON.parse(env.SETTINGS), durableObjectStore(env.STORE)))(request, context),
};
`;

const names = Array.from({ length: SERVERS }, (_, server) => `site-${server}`);

export async function inWorkerd(settings: SiteSettings): Promise<Sites> {
  const workers = await startWorkers(source, settings, names);
  const process = new Restarting<WorkerdProcess>(
    () => workers.start(),
    ({ kill }) => kill(),
  );
  return {
    port: async (server) => (await process.running).ports.get(names[server % SERVERS] ?? "") ?? 0,
    restart: () => process.restart(),
    close: () => workers.remove(),
  };
}
