// The first token of a fresh process, a fresh page, and a fresh worker. honnin and jose are bundled alike.
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { serveStatic } from "../support/static-server.ts";
import { bundle, type Platform, splitBundle } from "./bundle.ts";
import { launch, missing } from "./environments/chromium.ts";
import { own } from "./environments/workerd.ts";
import { tokenFixture } from "./fixtures/tokens.ts";
import type { TokenFixture } from "./fixtures/types.ts";
import { cache, dist } from "./folders.ts";
import type { Options } from "./options.ts";
import type { ColdResult } from "./results.ts";
import { interleaved, type Plan } from "./rounds.ts";

const folder = join(cache, "cold");
const nothing = "nothing";
const fetched = "nothing, and the module fetched";

/** Both as the jobs have it; the others show what is not theirs. */
const verifiers = ({ issuer, clientId, nonce, jwk }: TokenFixture): Readonly<Record<string, string>> => ({
  honnin: `import { verifyIdToken } from "honnin";
const options = ${JSON.stringify({ issuer, clientId, nonce, keys: JSON.stringify({ keys: [jwk] }) })};
const verify = async (token) => (await verifyIdToken(token, options)).claims.nonce === options.nonce;`,
  jose: `import { importJWK, jwtVerify } from "peer:jose";
const options = ${JSON.stringify({ issuer, audience: clientId, algorithms: ["ES256"] })};
const verify = async (token) => {
  const key = await importJWK(${JSON.stringify(jwk)}, "ES256");
  return (await jwtVerify(token, key, options)).payload.nonce === ${JSON.stringify(nonce)};
};`,
  [nothing]: "const verify = async (token) => token === token;",
});

/** What a second file costs a page. */
const fetching = `const verify = async (token) => {
  const response = await fetch(new URL("../wasm/id-token.wasm", import.meta.url));
  return (await response.arrayBuffer()).byteLength > 0 && token === token;
};`;

/** What says in each environment what came out, and when. */
const callers: Readonly<Record<Platform, string>> = {
  node: `const accepted = await verify(process.argv[2]).catch(() => false);
process.stdout.write(JSON.stringify({ accepted, took: performance.now() }));`,
  browser: `const accepted = await verify(location.hash.slice(1)).catch(() => false);
globalThis.answer = { accepted, took: performance.now() };`,
  workerd: `export default { fetch: async (request) =>
  Response.json({ accepted: await verify(new URL(request.url).searchParams.get("token")).catch(() => false) }) };`,
};

interface Answer {
  readonly accepted: boolean;
  /** Milliseconds from the start of the process or page. */
  readonly took: number;
}

type Start = (name: string, token: string) => Promise<Answer>;

/** Proves each variant, and then starts each afresh once a round. */
async function measure(
  environment: ColdResult["environment"],
  title: string,
  names: readonly string[],
  { tokens: [good = ""], flipped }: TokenFixture,
  plan: Plan,
  start: Start,
): Promise<ColdResult> {
  for (const name of names) {
    if (!(await start(name, good)).accepted) throw new Error(`${name} refuses the valid token, ${title}`);
    if (![nothing, fetched].includes(name) && (await start(name, flipped[0] ?? "")).accepted)
      throw new Error(`${name} accepts a flipped bit, ${title}`);
  }
  const samples = await interleaved(names, plan, async (name) => (await start(name, good)).took);
  return { environment, title, rows: [...samples].map(([name, samples]) => ({ name, samples })) };
}

async function inNode(fixture: TokenFixture, plan: Plan): Promise<ColdResult> {
  const sources = verifiers(fixture);
  for (const [name, source] of Object.entries(sources))
    await splitBundle(`${source}\n${callers.node}`, "node", join(folder, "node", name));
  writeFileSync(join(folder, "node", "package.json"), '{ "type": "module" }\n');
  return measure("Node", "fresh process", Object.keys(sources), fixture, plan, async (name, token) => {
    const file = join(folder, "node", name, "main.js");
    return JSON.parse((await promisify(execFile)(process.execPath, [file, token])).stdout);
  });
}

async function inChromium(fixture: TokenFixture, plan: Plan): Promise<ColdResult> {
  const scripts = join(folder, "pages");
  const sources = { ...verifiers(fixture), [fetched]: fetching };
  const names = Object.keys(sources);
  // Names have spaces, paths none.
  const pathOf = (name: string) => String(names.indexOf(name));
  for (const [name, source] of Object.entries(sources)) {
    await splitBundle(`${source}\n${callers.browser}`, "browser", join(scripts, pathOf(name)));
    writeFileSync(
      join(scripts, pathOf(name), "page.html"),
      `<!doctype html><title>${name}</title><script type="module" src="main.js"></script>`,
    );
  }
  // A bundle looks for the modules beside its folder.
  const mounts = names.map((name) => [pathOf(name), join(scripts, pathOf(name))]);
  const server = await serveStatic({ ...Object.fromEntries(mounts), wasm: dist });
  const browser = await launch();
  try {
    return await measure("Chromium", "fresh page", names, fixture, plan, async (name, token) => {
      // Nothing cached by an earlier page.
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(`${server.origin}/${pathOf(name)}/page.html#${token}`);
        const answer = await page.waitForFunction(() => (globalThis as { answer?: Answer }).answer);
        return (await answer.jsonValue()) as Answer;
      } finally {
        await context.close();
      }
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

async function inWorkerd(fixture: TokenFixture, plan: Plan): Promise<ColdResult> {
  const scripts = new Map<string, string>();
  for (const [name, source] of Object.entries(verifiers(fixture))) {
    const contents = `${source}\n${callers.workerd}`;
    scripts.set(name, await bundle({ contents }, "workerd", { minify: true }));
  }
  return measure("workerd", "first request", [...scripts.keys()], fixture, plan, async (name, token) => {
    const contents = scripts.get(name) ?? "";
    const miniflare = new Miniflare({
      compatibilityDate: "2026-04-01",
      modulesRoot: "/",
      modules: [{ type: "ESModule", path: "/worker/bench/index.js", contents }, ...own],
    });
    try {
      const url = new URL(`?${new URLSearchParams({ token })}`, await miniflare.ready);
      const start = performance.now();
      const { accepted } = (await (await fetch(url)).json()) as Answer;
      return { accepted, took: performance.now() - start };
    } finally {
      await miniflare.dispose();
    }
  });
}

export async function measureCold({ plan, environments }: Options): Promise<ColdResult[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node"), { recursive: true });
  const fixture = tokenFixture();
  const isWanted = (name: string) => environments.length === 0 || environments.includes(name);
  return [
    ...(isWanted("Node") ? [await inNode(fixture, plan)] : []),
    ...(isWanted("Chromium") && !missing ? [await inChromium(fixture, plan)] : []),
    ...(isWanted("workerd") ? [await inWorkerd(fixture, plan)] : []),
  ];
}
