import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

export default [
  {
    input: "page.js",
    output: { dir: "site" },
    // Copies the files that `new URL("…", import.meta.url)` names.
    plugins: [nodeResolve(), importMetaAssets()],
  },
  {
    input: "server.js",
    output: { dir: "server" },
    external: /^node:/,
    plugins: [nodeResolve({ exportConditions: ["node"] })],
  },
];
