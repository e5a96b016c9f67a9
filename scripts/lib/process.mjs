// Runs other programs on Linux, macOS and Windows. Their output is kept and shown if they fail.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A failure of which only the message is shown, without a stack trace. */
export class Failure extends Error {}

const isWindows = process.platform === "win32";
// npm and npx are batch files on Windows, which only a shell can start.
const needsShell = (command) => isWindows && /^(npm|npx)$/.test(command);

/**
 * Runs a program to its end. With `show` its output goes to the terminal as it comes, otherwise it is shown only on failure.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd = root, env = {}, show = false, check = true } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: needsShell(command),
    });
    const chunks = [];
    const take = (stream) => (chunk) => {
      chunks.push(chunk);
      if (show) stream.write(chunk);
    };
    child.stdout.on("data", take(process.stdout));
    child.stderr.on("data", take(process.stderr));
    child.on("error", (error) =>
      reject(
        error.code === "ENOENT"
          ? new Failure(`${command} was not found on this machine.`)
          : new Failure(`${command} could not be started: ${error.message}`),
      ),
    );
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      if (check && code !== 0) {
        const ending = signal ? `was ended by ${signal}` : `ended with ${code}`;
        reject(new Failure(`${show ? "" : `${output}\n`}\`${[command, ...args].join(" ")}\` ${ending}.`));
      } else resolve({ code: code ?? 1, output });
    });
  });
}

/** Whether a program can be run with `--version`. */
export async function has(command) {
  try {
    return (await run(command, ["--version"], { check: false })).code === 0;
  } catch {
    return false;
  }
}

/** Runs `main` and turns its failure into an exit code and a message. */
export async function command(main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`\n${error instanceof Failure ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}

/** Prints the current task and its duration. */
export async function step(title, work) {
  const start = performance.now();
  process.stdout.write(`${title} … `);
  try {
    const result = await work();
    process.stdout.write(
      `${result === "unchanged" ? "unchanged" : "done"} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`,
    );
    return result;
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
}
