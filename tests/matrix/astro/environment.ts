import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";
import { ask, visit } from "../visit.ts";

export default [
  {
    name: "astro",
    title: "Astro",
    files: new URL("./", import.meta.url),
    packages: { astro: "7.3.5", "@astrojs/node": "11.1.6" },
    node: nodes[22],
    async run(project, place) {
      const astro = project.bin("astro");
      const env = { PORT: "{port}", HOST: "127.0.0.1" };
      const visitPlaces = async (origin: string, how: string) => {
        await place(`endpoint, ${how}`, "server", () => ask(`${origin}/six`));
        await place(`page, ${how}`, "page", () => visit(`${origin}/`));
      };
      await project.serve([astro, "dev", "--port={port}", "--host=127.0.0.1"], ({ origin }) =>
        visitPlaces(origin, "dev"),
      );
      await project.runNode([astro, "build"]);
      await project.serve(["dist/server/entry.mjs"], ({ origin }) => visitPlaces(origin, "build"), { env });
    },
  },
] satisfies Environment[];
