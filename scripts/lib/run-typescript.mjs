// Runs a TypeScript program of the demo until it ends.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./process.mjs";

/** Waits until the program stops. Ctrl-C may reach it twice: from the terminal, and from here. */
export function runTypeScript(file, args) {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, file), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  const pass = (signal) => child.kill(signal);
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  // If npm is ended by a program, it ends its shell only.
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid !== ppid) pass("SIGTERM");
  }, 500);
  watch.unref();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.exitCode = signal ? 1 : (code ?? 0);
      resolve();
    });
  });
}
