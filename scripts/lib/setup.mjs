// Installs what every command needs: Node, Rust with its wasm target, the npm packages.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { Failure, has, root, run, step } from "./process.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const target = "wasm32-unknown-unknown";

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(
      `Node ${process.versions.node} is too old: honnin needs 20.19 or later. Install it from https://nodejs.org/`,
    );
  }
}

async function checkRust() {
  if (!(await has("cargo"))) {
    // A newly installed rustup is in the PATH of new shells only.
    process.env.PATH = [
      process.env.PATH,
      join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin"),
    ].join(delimiter);
  }
  if (!(await has("cargo"))) {
    const how =
      process.platform === "win32"
        ? "winget install Rustlang.Rustup"
        : "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";
    throw new Failure(`Rust is missing. Install it with:\n\n  ${how}\n\nand run this command again.`);
  }
  const { output } = await run("rustc", ["--version"]);
  const minor = Number(/^rustc 1\.(\d+)/m.exec(output)?.[1]);
  if (!(minor >= 88))
    throw new Failure(
      `${output.trim()} is too old: honnin needs 1.88 or later. Run:\n\n  rustup update stable\n`,
    );
}

/** Rust on Linux links with the system's C compiler, which rustup does not install. */
async function checkLinker() {
  if (process.platform !== "linux") return;
  for (const compiler of ["cc", "gcc", "clang"]) if (await has(compiler)) return;
  throw new Failure(
    "Rust needs a C compiler for linking, and none was found. Install one (Debian, Ubuntu: sudo apt-get install gcc libc6-dev; Fedora: sudo dnf install gcc) and run this command again.",
  );
}

async function addWasmTarget() {
  const sysroot = (await run("rustc", ["--print", "sysroot"])).output.trim();
  if (existsSync(join(sysroot, "lib", "rustlib", target))) return "unchanged";
  if (!(await has("rustup"))) {
    throw new Failure(
      `This Rust has no target ${target}, and rustup, which could add it, is missing. See https://rustup.rs/`,
    );
  }
  await run("rustup", ["target", "add", target]);
  return "done";
}

/** Node and the npm packages, for what needs nothing else. */
export async function setupPackages() {
  checkNode();
  await step("npm packages", () => {
    const inputs = ["package.json", "package-lock.json"];
    return unlessUnchanged("node_modules/.honnin-lock", inputs, () =>
      run("npm", ["ci", "--no-audit", "--no-fund"]),
    );
  });
  if (!existsSync(join(root, "node_modules"))) throw new Failure("npm installed nothing.");
}

/** Installs what is missing. Fast if nothing is missing. */
export async function setup() {
  checkNode();
  await checkRust();
  await checkLinker();
  await setupPackages();
  await step(`Rust target ${target}`, addWasmTarget);
}
