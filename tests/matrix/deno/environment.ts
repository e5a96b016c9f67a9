import type { Environment } from "../environment.ts";
import { ask } from "../visit.ts";

const deno = process.env.HONNIN_DENO || "deno";

export default [
  {
    name: "deno",
    title: "Deno",
    files: new URL("./", import.meta.url),
    packages: {},
    version: "2.9.6",
    async run(project, place) {
      await place("server", "server", () =>
        project.serve(
          ["run", "--no-prompt", "--allow-read", "--allow-net", "--allow-env=PORT", "main.js"],
          ({ origin }) => ask(`${origin}/six`),
          { program: deno, env: { PORT: "{port}" } },
        ),
      );
    },
  },
] satisfies Environment[];
