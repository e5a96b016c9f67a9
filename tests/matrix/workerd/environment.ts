import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { Miniflare } from "miniflare";
import type { Environment } from "../environment.ts";
import { ask } from "../visit.ts";

export default [
  {
    name: "workerd",
    title: "workerd",
    files: new URL("./", import.meta.url),
    packages: {},
    version: (createRequire(import.meta.url)("workerd/package.json") as { version: string }).version,
    isLocal: true,
    async run(project, place) {
      await project.runNode(["build.js"]);
      const script = await readFile(project.at("dist", "worker.js"), "utf8");
      const wasm = await Promise.all(
        [...script.matchAll(/from\s*"([^"]+\.wasm)"/g)].map(async ([, path = ""]) => ({
          type: "CompiledWasm" as const,
          path: join("/worker", path),
          contents: new Uint8Array(
            await readFile(project.at("node_modules/honnin/dist/wasm", basename(path))),
          ),
        })),
      );
      for (const flags of [[], ["nodejs_compat"]])
        await place(flags.length > 0 ? `with ${flags}` : "without nodejs_compat", "server", async () => {
          const miniflare = new Miniflare({
            compatibilityDate: "2026-04-01",
            compatibilityFlags: flags,
            modulesRoot: "/",
            modules: [{ type: "ESModule", path: "/worker/index.js", contents: script }, ...wasm],
          });
          try {
            return await ask(new URL("/six", await miniflare.ready).href);
          } finally {
            await miniflare.dispose();
          }
        });
    },
  },
] satisfies Environment[];
