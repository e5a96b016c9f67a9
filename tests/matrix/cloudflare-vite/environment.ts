import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";
import { ask } from "../visit.ts";

export default [
  {
    name: "cloudflare-vite",
    title: "@cloudflare/vite-plugin",
    files: new URL("./", import.meta.url),
    packages: { "@cloudflare/vite-plugin": "1.64.0", vite: "8.4.0", wrangler: "4.164.0" },
    node: nodes[22],
    async run(project, place) {
      const vite = project.bin("vite");
      const listen = ["--port={port}", "--host=127.0.0.1"];
      const visit = ({ origin }: { origin: string }) => ask(`${origin}/six`);
      await place("dev", "server", () => project.serve([vite, ...listen], visit));
      await place("build, preview in workerd", "server", async () => {
        await project.runNode([vite, "build"]);
        return project.serve([vite, "preview", ...listen], visit);
      });
    },
  },
] satisfies Environment[];
