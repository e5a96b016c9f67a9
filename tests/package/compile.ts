// Programs of users, compiled against the packed package, with the checks of libraries too.
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import type { Project } from "./packed.ts";

/** A program, with the libraries and types that its author has. */
export interface Program {
  readonly file: string;
  readonly lib: readonly string[];
  readonly types: readonly string[];
}

const language = ["es2022"];

export const programs: Readonly<Record<string, Program>> = {
  "without any platform": { file: "bare.ts", lib: language, types: [] },
  "for a browser": { file: "browser.ts", lib: [...language, "dom", "dom.iterable"], types: [] },
  "for Node": { file: "server.ts", lib: language, types: ["node"] },
  "for Node, with the library of browsers": {
    file: "server.ts",
    lib: [...language, "dom", "dom.iterable"],
    types: ["node"],
  },
  "for Workers": { file: "worker.ts", lib: language, types: ["@cloudflare/workers-types"] },
};

export type Resolution = "node16" | "nodenext" | "bundler";

/**
 * Compiles with the compiler in a folder.
 *
 * @returns the errors, except those of other libraries' types with each other
 */
export function compile(
  project: Project,
  compiler: string,
  program: Program,
  resolution: Resolution,
): string {
  const { file, lib, types } = program;
  copyFileSync(join(root, "tests", "package", "programs", file), join(project.folder, file));
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
    ...{ module: resolution === "bundler" ? "esnext" : resolution, moduleResolution: resolution },
    ...{ target: "es2022", lib, types },
  };
  writeFileSync(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
  const command = [join(compiler, "bin", "tsc"), "-p", project.folder, "--pretty", "false"];
  const { stdout } = spawnSync(process.execPath, command, { cwd: project.folder, encoding: "utf8" });
  return stdout.replace(/^\S*node_modules\/@(?:types|cloudflare)\/.*\n(?: .*\n)*/gm, "");
}
