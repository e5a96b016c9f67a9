// The package as npm delivers it: packed, and unpacked into a project outside of this repository.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../support/paths.ts";

/** Runs a program of npm's, which is a batch file on Windows. */
function npm(args: readonly string[], cwd: string): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8", shell });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The path of a new tarball of the package. */
function pack(folder: string): string {
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], join(root, "js")));
  return join(folder, filename);
}

/** A project that has the packed package, and the packages of this repository that it names. */
export interface Project {
  readonly folder: string;
  /** The package in it. */
  readonly honnin: string;
  readonly tarball: string;
  remove(): void;
}

/** The dependencies of the package. */
const dependencies = ["jose", "uqr"];

/** @param others names of packages of this repository, or `[name, folder]` */
export function packedProject(others: readonly (string | readonly [string, string])[] = []): Project {
  const folder = mkdtempSync(join(tmpdir(), "honnin-packed-"));
  const modules = join(folder, "node_modules");
  const honnin = join(modules, "honnin");
  mkdirSync(honnin, { recursive: true });
  const tarball = pack(folder);
  const unpacked = spawnSync("tar", ["-xzf", tarball, "-C", honnin, "--strip-components=1"]);
  if (unpacked.status !== 0) throw new Error(String(unpacked.stderr));
  for (const other of [...dependencies, ...others]) {
    const [name, from] = typeof other === "string" ? [other, join(root, "node_modules", other)] : other;
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(from, join(modules, name), "junction");
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  return { folder, honnin, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The paths of all files below a folder, with "/". */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
