// The tools that the package is tried with. `npm run test:full` installs them.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The folder of the tools, if they are installed. */
export const tools = process.env.HONNIN_PACKAGE_TOOLS;

/** For tests that need them. */
export const withoutTools = tools ? false : "the tools of tests/package/tools are not installed";

/** The folder of one tool. */
export const toolFolder = (name: string): string => join(tools ?? "", name);

/** Node as far as it is there: its builds from npm are for one kind of machine. */
export function nodeFrom(name: string): string | undefined {
  const path = join(toolFolder(name), "bin", "node");
  return tools && existsSync(path) ? path : undefined;
}

/** Imports a tool, whose types are not those of this repository's packages. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export async function importTool(name: string, file?: string): Promise<any> {
  const path = file ?? createRequire(join(tools ?? "", "x.js")).resolve(name);
  return import(pathToFileURL(file ? join(toolFolder(name), file) : path).href);
}
