import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";
import { ask } from "../visit.ts";

export default [
  {
    name: "wrangler",
    title: "Wrangler",
    files: new URL("./", import.meta.url),
    packages: { wrangler: "4.164.0", miniflare: "4.20260730.0" },
    node: nodes[22],
    async run(project, place) {
      const wrangler = project.bin("wrangler");
      const visit = ({ origin }: { origin: string }) => ask(`${origin}/six`);
      await place("dev", "server", () =>
        project.serve([wrangler, "dev", "--ip=127.0.0.1", "--port={port}", "--inspector-port=0"], visit),
      );
      await place("deploy --dry-run, in workerd", "server", async () => {
        await project.runNode([wrangler, "deploy", "--dry-run", "--outdir=dist"]);
        return project.serve(["honnin/run-in-workerd.js", "dist/worker.js"], visit, {
          env: { PORT: "{port}" },
        });
      });
    },
  },
] satisfies Environment[];
