import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";
import { ask, visit } from "../visit.ts";

export default [
  {
    name: "sveltekit",
    title: "SvelteKit",
    files: new URL("./", import.meta.url),
    packages: {
      "@sveltejs/kit": "3.2.0",
      "@sveltejs/adapter-node": "6.0.1",
      "@sveltejs/vite-plugin-svelte": "7.3.1",
      svelte: "5.57.3",
      vite: "8.4.0",
    },
    node: nodes[22],
    async run(project, place) {
      const vite = project.bin("vite");
      const visitPlaces = async (origin: string, how: string) => {
        await place(`endpoint, ${how}`, "server", () => ask(`${origin}/six`));
        await place(`page, ${how}`, "page", () => visit(`${origin}/`));
      };
      await project.serve([vite, "--port={port}", "--host=127.0.0.1"], ({ origin }) =>
        visitPlaces(origin, "dev"),
      );
      await project.runNode([vite, "build"]);
      await project.serve(["build/index.js"], ({ origin }) => visitPlaces(origin, "adapter-node"), {
        env: { PORT: "{port}", HOST: "127.0.0.1", ORIGIN: "http://127.0.0.1:{port}" },
      });
    },
  },
] satisfies Environment[];
