// The guide's way from an empty project to a login, with the packed package and the real frameworks: install, keygen, copy, start, log in.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { nodeOf, nodes, withNode } from "../matrix/node-versions.ts";
import { freePort, run, serve } from "../matrix/process.ts";
import { tarball } from "../matrix/tarball.ts";
import { root } from "../support/paths.ts";
import { UserAgent } from "../support/user-agent.ts";

const recipes = join(root, "demo", "recipes");
const limit = { timeout: 1_200_000 };
const quiet = { CI: "true", NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false" };

interface Way {
  readonly title: string;
  readonly packages: Readonly<Record<string, string>>;
  /** From the recipes, with their places in the project. */
  readonly copy: Readonly<Record<string, string>>;
  /** What a new project has already. */
  readonly files?: Readonly<Record<string, string>>;
  /** The file of the variables. Without it: `.env`. */
  readonly env?: string;
  /** Run before `start`, without the variables: what builds has no secrets. */
  readonly build?: readonly string[];
  /** Arguments of Node. `{port}` stands for the port. */
  readonly start: readonly string[];
}

/** What `create-next-app` makes, as far as it matters here. */
const newNext = {
  "app/layout.tsx":
    'export default function Layout({ children }: { children: React.ReactNode }) {\n  return <html lang="ja"><body>{children}</body></html>;\n}\n',
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ target: "ES2017", lib: ["dom", "dom.iterable", "esnext"], strict: true, noEmit: true },
      ...{ module: "esnext", moduleResolution: "bundler", esModuleInterop: true, resolveJsonModule: true },
      ...{ allowJs: true, skipLibCheck: true, isolatedModules: true, jsx: "preserve", incremental: true },
      ...{ plugins: [{ name: "next" }], paths: { "@/*": ["./*"] } },
    },
    include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
    exclude: ["node_modules"],
  }),
};
const nextBin = "node_modules/next/dist/bin/next";
const next = (version: string, more: Readonly<Record<string, string>> = {}): Way => ({
  title: `Next.js ${version}`,
  packages: {
    ...{ next: version, react: "19.3.1", "react-dom": "19.3.1", typescript: "5.9.3" },
    ...{ "@types/node": "20.19.0", "@types/react": "19.3.3", "@types/react-dom": "19.3.0" },
  },
  copy: { "auth.ts": "auth.ts", "next/app": "app" },
  files: { ...newNext, ...more },
  build: [nextBin, "build"],
  start: [nextBin, "start", "--port={port}"],
});

const ways: readonly Way[] = [
  {
    title: "node:http",
    packages: {},
    copy: { "auth.ts": "auth.ts", "node.ts": "node.ts" },
    start: ["--env-file=.env", "node.ts"],
  },
  {
    title: "Hono",
    packages: { hono: "4.13.19", "@hono/node-server": "2.1.9" },
    copy: { "auth.ts": "auth.ts", "hono.ts": "hono.ts" },
    start: ["--env-file=.env", "hono.ts"],
  },
  next("15.5.29"),
  next("16.4.6", { "next.config.mjs": "export default { cacheComponents: true };\n" }),
  {
    title: "SvelteKit",
    packages: {
      ...{ "@sveltejs/kit": "3.2.0", "@sveltejs/adapter-node": "6.0.1", svelte: "5.57.3" },
      ...{ "@sveltejs/vite-plugin-svelte": "7.3.1", vite: "8.4.0" },
    },
    copy: { "sveltekit/src": "src" },
    files: {
      "src/app.html":
        "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n",
      "vite.config.js":
        'import adapter from "@sveltejs/adapter-node";\nimport { sveltekit } from "@sveltejs/kit/vite";\nexport default { plugins: [sveltekit({ adapter: adapter() })] };\n',
    },
    build: ["node_modules/vite/bin/vite.js", "build"],
    start: ["--env-file=.env", "node_modules/vite/bin/vite.js", "dev", "--port={port}", "--host=127.0.0.1"],
  },
  {
    title: "Cloudflare Workers",
    packages: { wrangler: "4.164.0" },
    copy: { workers: "." },
    env: ".dev.vars",
    start: [
      "node_modules/wrangler/bin/wrangler.js",
      "dev",
      "--port={port}",
      "--ip=127.0.0.1",
      "--inspector-port=0",
    ],
  },
];

let emulator: Emulator;
let node: string;
before(async () => {
  node = await nodeOf(nodes[22]);
  emulator = await startEmulator({ auto: "ordinary", quiet: true });
});
after(() => emulator?.close());

function newProject({ packages, copy, files = {} }: Way, folder: string, honnin: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const dependencies = { ...packages, honnin: `file:${honnin}` };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies }),
  );
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const [from, to] of Object.entries(copy))
    cpSync(join(recipes, from), join(folder, to), { recursive: true });
}

for (const [number, way] of ways.entries())
  test(`${way.title}: from an empty project to the page, by the login`, limit, async () => {
    const folder = join(root, ".cache", "newcomer", String(number));
    newProject(way, folder, await tarball());
    const environment = { cwd: folder, env: { ...withNode(node), ...quiet } };
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], environment);
    if (way.build !== undefined) await run(node, way.build, environment);

    const env = way.env ?? ".env";
    const printed = await run(
      node,
      ["node_modules/honnin/dist/cli/main.js", "keygen", "--env", env],
      environment,
    );
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const clientId = `shop${number}`;
    const lines = { CLIENT_ID: clientId, EMULATOR: emulator.origin, ORIGIN: origin, PORT: port };
    const more = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(folder, env), readFileSync(join(folder, env), "utf8") + more.join(""));
    const redirectUris = [`${origin}/auth/callback`];
    emulator.addClient({ clientId, name: way.title, redirectUris, jwks: JSON.parse(printed) });

    const start = way.start.map((part) => part.replace("{port}", String(port)));
    await serve(node, start, { ...environment, port }, async () => {
      const agent = new UserAgent();
      // Some frameworks send the browser to the login from the page.
      assert.doesNotMatch(
        await (await agent.send(`${origin}/account`, { method: "GET" })).text(),
        /"sub"|&quot;sub/,
      );
      const page = await agent.get(`${origin}/auth/login?return_to=/account`);
      assert.deepEqual([page.url, page.status], [`${origin}/account`, 200], page.text.slice(0, 300));
      assert.match(page.text.replaceAll("&quot;", '"'), /\{"sub":"[\x21-\x7e]{8,255}"\}/);
    });
  });
