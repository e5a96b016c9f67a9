import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Environment } from "../environment.ts";
import { visitFolder } from "../visit.ts";

export default [
  {
    name: "esbuild",
    title: "esbuild",
    files: new URL("./", import.meta.url),
    packages: {},
    version: (createRequire(import.meta.url)("esbuild/package.json") as { version: string }).version,
    isLocal: true,
    async run(project, place) {
      await project.runNode(["build.js"]);
      for (const file of ["function.mjs", "function.cjs"])
        await place(`AWS Lambda, ${file.endsWith("mjs") ? "ES module" : "CommonJS"}`, "server", () =>
          project.elsewhere(["dist"], (copy) => copy.readNode([project.at("invoke.js"), copy.at(file)])),
        );
      await copyFile(project.at("index.html"), project.at("dist", "index.html"));
      await place("browser", "page", () => visitFolder(project, "dist"));
    },
  },
] satisfies Environment[];
