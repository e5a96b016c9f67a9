import type { Environment } from "../environment.ts";
import { ask } from "../visit.ts";

const bun = process.env.HONNIN_BUN || "bun";

export default [
  {
    name: "bun",
    title: "Bun",
    files: new URL("./", import.meta.url),
    packages: {},
    version: "1.4.5",
    async run(project, place) {
      const env = { PORT: "{port}" };
      await place("bun run", "server", () =>
        project.serve(["run", "main.js"], ({ origin }) => ask(`${origin}/six`), { program: bun, env }),
      );
      await place("bun build --compile", "server", async () => {
        await project.run(bun, ["build", "--compile", "main.js", "--outfile", "server"]);
        return project.serve([], ({ origin }) => ask(`${origin}/six`), {
          program: project.at("server"),
          env,
        });
      });
    },
  },
] satisfies Environment[];
