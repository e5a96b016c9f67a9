import type { Environment } from "../environment.ts";
import { ask } from "../visit.ts";

export default [
  {
    name: "hono",
    title: "Hono",
    files: new URL("./", import.meta.url),
    packages: { hono: "4.13.19", "@hono/node-server": "2.1.9" },
    async run(project, place) {
      await place("Node's server", "server", () =>
        project.serve(["main.js"], ({ origin }) => ask(`${origin}/six`), { env: { PORT: "{port}" } }),
      );
    },
  },
] satisfies Environment[];
