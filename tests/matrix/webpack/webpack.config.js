import { resolve } from "node:path";

const at = (folder) => ({ path: resolve(folder), filename: "[name].js" });

export default [
  { mode: "production", entry: { page: "./page.js" }, output: at("site") },
  { mode: "production", target: "node20", entry: { main: "./server.js" }, output: at("server") },
];
