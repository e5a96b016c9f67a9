// Versions of Node from npm, in folders of their own.
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../support/paths.ts";
import { run } from "./process.ts";

/** The versions that environments name. */
export const nodes = { "22": "22.23.5", "24": "24.22.3", "26": "26.12.1" } as const;

/** The program of this version. */
export async function nodeOf(version: string): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(root, ".cache", "runtimes", `node-${version}`);
  const program = join(
    ...[folder, "node_modules", name, "bin"],
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", "--prefix", folder, ...flags, `${name}@${version}`], { cwd: folder });
  }
  return program;
}

/** An environment in which programs find this Node first. */
export const withNode = (program: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${dirname(program)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
});
