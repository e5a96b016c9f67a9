import type { Environment } from "../environment.ts";
import { visitFolder } from "../visit.ts";

export default [
  {
    name: "rollup",
    title: "Rollup",
    files: new URL("./", import.meta.url),
    packages: {
      rollup: "4.68.8",
      "@rollup/plugin-node-resolve": "16.0.3",
      "@web/rollup-plugin-import-meta-assets": "2.3.0",
    },
    async run(project, place) {
      await project.runNode([project.bin("rollup"), "--config"]);
      await place("browser", "page", () => visitFolder(project, "site"));
      await place("Node", "server", () =>
        project.elsewhere(["server"], (copy) => copy.readNode(["server.js"])),
      );
    },
  },
] satisfies Environment[];
