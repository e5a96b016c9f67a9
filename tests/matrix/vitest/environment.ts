import { readFile } from "node:fs/promises";
import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";

export default [
  {
    name: "vitest",
    title: "Vitest",
    files: new URL("./", import.meta.url),
    packages: { vitest: "5.1.2", vite: "8.4.0", jsdom: "29.1.1" },
    node: nodes[22],
    async run(project, place) {
      for (const [title, environment] of [
        ["test", "node"],
        ["test with jsdom", "jsdom"],
      ] as const)
        await place(title, "server", async () => {
          await project.runNode([project.bin("vitest"), "run", `--environment=${environment}`]);
          return JSON.parse(await readFile(project.at("outcome.json"), "utf8"));
        });
    },
  },
] satisfies Environment[];
