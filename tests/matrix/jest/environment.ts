import { readFile } from "node:fs/promises";
import type { Environment } from "../environment.ts";

export default [
  {
    name: "jest",
    title: "Jest",
    files: new URL("./", import.meta.url),
    packages: { jest: "30.5.2" },
    async run(project, place) {
      await place("test", "server", async () => {
        await project.runNode(["--experimental-vm-modules", project.bin("jest")]);
        return JSON.parse(await readFile(project.at("outcome.json"), "utf8"));
      });
    },
  },
] satisfies Environment[];
