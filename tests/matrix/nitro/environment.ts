import { rmSync } from "node:fs";
import type { Environment } from "../environment.ts";
import { ask } from "../visit.ts";

export default [
  {
    name: "nitro",
    title: "Nitro",
    files: new URL("./", import.meta.url),
    packages: { nitropack: "2.13.6", miniflare: "4.20260426.0", "edge-runtime": "4.0.1" },
    async run(project, place) {
      const build = async (preset: string) => {
        for (const folder of [".nitro", ".output", ".vercel"])
          rmSync(project.at(folder), { recursive: true, force: true });
        await project.runNode([project.bin("nitropack"), "build", `--preset=${preset}`]);
      };
      const visit = ({ origin }: { origin: string }) => ask(`${origin}/six`);
      const env = { PORT: "{port}", HOST: "127.0.0.1" };
      await place("node-server", "server", async () => {
        await build("node-server");
        return project.serve([".output/server/index.mjs"], visit, { env });
      });
      await place("cloudflare-module", "server", async () => {
        await build("cloudflare-module");
        const args = ["honnin/run-in-workerd.js", ".output/server/index.mjs", "nodejs_compat"];
        return project.serve(args, visit, { env });
      });
      await place("vercel-edge", "server", async () => {
        await build("vercel-edge");
        const built = ".vercel/output/functions/__fallback.func/index.mjs";
        return project.serve(["--experimental-vm-modules", "honnin/run-edge.js", built], visit, { env });
      });
    },
  },
] satisfies Environment[];
