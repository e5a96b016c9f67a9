import type { Environment } from "../environment.ts";
import { visitFolder } from "../visit.ts";

export default [
  {
    name: "rolldown",
    title: "Rolldown",
    files: new URL("./", import.meta.url),
    packages: {
      rolldown: "1.3.3",
    },
    async run(project, place) {
      await project.runNode([project.bin("rolldown"), "--config"]);
      await place("browser", "page", () => visitFolder(project, "site"));
      await place("Node", "server", () =>
        project.elsewhere(["server"], (copy) => copy.readNode(["server.js"])),
      );
    },
  },
] satisfies Environment[];
