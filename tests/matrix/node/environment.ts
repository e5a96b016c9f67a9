import type { Environment } from "../environment.ts";
import { nodes } from "../node-versions.ts";

const own = process.versions.node;

const environment = (name: string, node?: string): Environment => ({
  name,
  title: `Node ${name.slice("node-".length)}`,
  files: new URL("./", import.meta.url),
  packages: {},
  version: node ?? own,
  ...(node === undefined ? { isLocal: true } : { node }),
  async run(project, place) {
    await place("import", "server", () => project.readNode(["main.mjs"]));
    await place("require", "server", () => project.readNode(["main.cjs"]));
  },
});

export default [
  environment(`node-${own.split(".")[0]}`),
  ...Object.entries(nodes)
    .filter(([major]) => major !== own.split(".")[0])
    .map(([major, version]) => environment(`node-${major}`, version)),
];
