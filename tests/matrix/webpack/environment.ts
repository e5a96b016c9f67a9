import type { Environment } from "../environment.ts";
import { visitFolder } from "../visit.ts";

export default [
  {
    name: "webpack",
    title: "webpack",
    files: new URL("./", import.meta.url),
    packages: { webpack: "5.113.0", "webpack-cli": "7.3.1" },
    async run(project, place) {
      await project.runNode([project.bin("webpack-cli")]);
      await place("browser", "page", () => visitFolder(project, "site"));
      await place("Node", "server", () =>
        project.elsewhere(["server"], (copy) => copy.readNode(["main.js"])),
      );
    },
  },
] satisfies Environment[];
