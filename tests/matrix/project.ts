// A project of an environment: its files in a folder of its own, with the packed honnin and its packages installed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { givenModule } from "./given.ts";
import { nodeOf, withNode } from "./node-versions.ts";
import { freePort, run, serve } from "./process.ts";
import { cache, tarball } from "./tarball.ts";

/** What stays between two runs: what was installed. */
const kept = new Set(["node_modules", "package-lock.json", "package.json"]);
const quiet = {
  CI: "true",
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
};

/** What a project consists of. */
export interface Setup {
  readonly name: string;
  /** The name of the folder below `.cache/matrix`, if several share what is installed there. Default: `name`. */
  readonly folder?: string;
  /** The folder of the project's files. */
  readonly files: URL;
  /** From npm, pinned. Those that the table shows come first. */
  readonly packages: Readonly<Record<string, string>>;
  /** The packages are those of this repository: nothing is downloaded. */
  readonly isLocal?: boolean;
  /** The version of Node. Default: that of this process. */
  readonly node?: string;
  /** More members of `package.json`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

export interface Server {
  readonly port: number;
  readonly origin: string;
}

export class Project {
  readonly folder: string;
  /** The program of its version of Node. */
  readonly node: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string, node: string) {
    this.folder = folder;
    this.node = node;
    this.#env = { ...withNode(node), ...quiet };
  }

  /** A path in the project. */
  at = (...names: string[]) => join(this.folder, ...names);

  /** The file of a program of one of its packages, for Node. */
  bin(name: string, command = basename(name)): string {
    const file = [this.folder, join(this.folder, "..", "..", "..")]
      .map((folder) => join(folder, "node_modules", name))
      .find((folder) => existsSync(join(folder, "package.json")));
    if (file === undefined) throw new Error(`${name} is not installed.`);
    const { bin } = JSON.parse(readFileSync(join(file, "package.json"), "utf8")) as {
      bin: string | Record<string, string>;
    };
    return join(file, typeof bin === "string" ? bin : (bin[command] ?? ""));
  }

  /** Runs a program to its end. @returns its output */
  run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
    run(program, args, { cwd: this.folder, env: { ...this.#env, ...env } });

  /** Runs Node with the project's version. */
  runNode = (args: readonly string[], env?: NodeJS.ProcessEnv) => this.run(this.node, args, env);

  /** The JSON in the last line that a program writes. */
  async read(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<unknown> {
    return JSON.parse((await this.run(program, args, env)).trim().split("\n").at(-1) ?? "");
  }

  readNode = (args: readonly string[], env?: NodeJS.ProcessEnv) => this.read(this.node, args, env);

  /** Uses a copy of a folder of the project in a place where no packages are found. */
  async elsewhere<T>(names: readonly string[], use: (copy: Project) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), "honnin-matrix-"));
    try {
      cpSync(this.at(...names), folder, { recursive: true });
      return await use(new Project(folder, this.node));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Runs a server with Node on a free port, while `use` needs it. `{port}` stands for the port. */
  async serve<T>(
    args: readonly string[],
    use: (server: Server) => Promise<T>,
    { env = {}, program = this.node }: { env?: NodeJS.ProcessEnv; program?: string } = {},
  ): Promise<T> {
    const port = await freePort();
    const fill = (text: string) => text.replaceAll("{port}", String(port));
    const filled = Object.entries(env).map(([name, value]) => [name, fill(value ?? "")]);
    const origin = `http://127.0.0.1:${port}`;
    const options = {
      cwd: this.folder,
      env: { ...this.#env, ...Object.fromEntries(filled) },
      port,
    };
    return serve(program, args.map(fill), options, () => use({ port, origin }));
  }
}

/** Copies the files of an environment and installs what it needs. */
export async function prepare(setup: Setup): Promise<Project> {
  const folder = join(cache, setup.folder ?? setup.name);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  const files = fileURLToPath(setup.files);
  cpSync(files, folder, {
    recursive: true,
    filter: (source) => !["environment.ts", "node_modules"].includes(relative(files, source)),
  });
  cpSync(fileURLToPath(new URL("shared/", import.meta.url)), join(folder, "honnin"), { recursive: true });
  writeFileSync(join(folder, "honnin", "given.js"), await givenModule());
  if (setup.isLocal) await unpack(folder, setup);
  else await install(folder, setup);
  return new Project(folder, setup.node === undefined ? process.execPath : await nodeOf(setup.node));
}

const manifestOf = ({ name, folder = name, packages, manifest }: Setup, honnin?: string) => ({
  name: folder,
  private: true,
  type: "module",
  ...manifest,
  dependencies: { ...packages, ...(honnin === undefined ? {} : { honnin: `file:${honnin}` }) },
});

/** Again only if a package or honnin has changed. */
async function install(folder: string, setup: Setup): Promise<void> {
  const manifest = `${JSON.stringify(manifestOf(setup, await tarball()), null, 2)}\n`;
  const [file, stamp] = [join(folder, "package.json"), join(folder, "node_modules", ".installed")];
  const before = existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
  writeFileSync(file, manifest);
  if (before === manifest) return;
  rmSync(join(folder, "package-lock.json"), { force: true });
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...flags], { cwd: folder });
  writeFileSync(stamp, manifest);
}

/** The other packages are found in the folders above, where those of the repository are. */
async function unpack(folder: string, setup: Setup): Promise<void> {
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifestOf(setup)));
  const honnin = join(folder, "node_modules", "honnin");
  rmSync(honnin, { recursive: true, force: true });
  mkdirSync(honnin, { recursive: true });
  const from = ["-xzf", await tarball(), "-C", honnin, "--strip-components=1"];
  await run("tar", from, { cwd: folder });
}
