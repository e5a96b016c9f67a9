// Other packages, pinned by version and digest, downloaded with the clients of their registries and unpacked.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Failure, root, run } from "./process.mjs";

const cache = join(root, ".cache", "corpus");
const files = join(cache, "files");

async function digestOf(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Below a folder, a file of this name. */
function find(folder, name) {
  const found = readdirSync(folder, { recursive: true }).find((path) => path.split(/[\\/]/).at(-1) === name);
  return found === undefined ? undefined : join(folder, found);
}

let apt;

/** Options with which apt-get reads the source packages of this machine's distribution and stores everything separately. */
function aptOptions() {
  apt ??= (async () => {
    const folder = join(cache, "apt");
    mkdirSync(join(folder, "lists", "partial"), { recursive: true });
    mkdirSync(join(folder, "archives", "partial"), { recursive: true });
    const format = "$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)|$(RELEASE)";
    const targets = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
    const lines = targets.output
      .split("\n")
      .map((line) => line.split("|"))
      .filter(
        ([origin, codename, component]) =>
          origin === "Debian" && codename === "bookworm" && component === "main",
      )
      .map(([, , component, uri, release]) => `deb-src ${uri} ${release} ${component}`);
    if (lines.length === 0) throw new Failure("This machine has no packages of Debian 12 (bookworm).");
    writeFileSync(join(folder, "sources.list"), `${lines.join("\n")}\n`);
    const set = {
      "Dir::Etc::sourcelist": join(folder, "sources.list"),
      "Dir::Etc::sourceparts": "-",
      "Dir::State::lists": join(folder, "lists"),
      "Dir::Cache": folder,
      "APT::Sandbox::User": "root",
    };
    const options = Object.entries(set).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
    await run("apt-get", [...options, "-qq", "update"]);
    return options;
  })();
  return apt;
}

/** Downloads the file of a package into a folder, with the client of each registry. */
const clients = {
  async debian({ name, version }, folder) {
    const options = await aptOptions();
    await run(
      "apt-get",
      [...options, "-qq", "source", "--download-only", "--tar-only", `${name}=${version}`],
      {
        cwd: folder,
      },
    );
  },
  async crates({ name, version }, folder) {
    await run("cargo", ["info", "--quiet", `${name}@${version}`], {
      cwd: folder,
      env: { CARGO_HOME: folder },
    });
  },
  async pypi({ name, version, file, sha256 }, folder) {
    // pip compares the digest before it opens a source distribution.
    const list = join(folder, "requirements.txt");
    writeFileSync(list, `${name}==${version} --hash=sha256:${sha256}\n`);
    const form = file.endsWith(".whl") ? "--only-binary" : "--no-binary";
    const args = ["-m", "pip", "download", "--quiet", "--no-deps", form, ":all:", "--require-hashes"];
    await run("python3", [...args, "--dest", folder, "--requirement", list], { cwd: folder });
  },
  async npm({ name, version }, folder) {
    await run(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder, `${name}@${version}`],
      {
        cwd: folder,
      },
    );
  },
};

async function fetch(entry) {
  const path = join(files, entry.file);
  if (existsSync(path) && (await digestOf(path)) === entry.sha256) return path;
  const folder = join(cache, "fetching");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await clients[entry.registry](entry, folder);
  const found = find(folder, entry.file);
  if (!found)
    throw new Failure(`${entry.registry} brought ${entry.name} ${entry.version} without ${entry.file}.`);
  const digest = await digestOf(found);
  if (digest !== entry.sha256)
    throw new Failure(`${entry.file} is another one than it has to be: its SHA-256 digest is ${digest}.`);
  mkdirSync(files, { recursive: true });
  copyFileSync(found, path);
  rmSync(folder, { recursive: true, force: true });
  return path;
}

/** Downloads and unpacks a package. Returns its folder. */
export async function unpacked(entry) {
  const folder = join(cache, "unpacked", `${entry.registry}-${entry.sha256.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const path = await fetch(entry);
  const making = `${folder}.part`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  if (path.endsWith(".whl")) await run("python3", ["-m", "zipfile", "-e", path, making]);
  else await run("tar", ["-xf", path, "-C", making, "--no-same-owner", "--no-same-permissions"]);
  renameSync(making, folder);
  return folder;
}
