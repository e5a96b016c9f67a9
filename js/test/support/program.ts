// A program in a process of its own, where nothing has been loaded yet.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The package's folder; programs run in it, so `honnin` is the package itself. */
export const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

const prelude = `
  const attempt = async (call) => {
    try { await call(); return "ok"; }
    catch (error) { return error.name === "HonninError" ? error.code : String(error.stack); }
  };
  const options = { issuer: "https://op.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const print = (value) => process.stdout.write(JSON.stringify(value));
`;

/**
 * Runs an ES module, with `args` for it and `flags` for Node, and gives what it printed. It has `attempt(call)`, the code of what a call throws or "ok";
 * `options` for verifyIdToken; and `print`. A token of "x" is `token-malformed` once the module runs.
 */
export async function run(
  program: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, "--input-type=module", "--eval", prelude + program, ...args],
    { cwd: packageFolder, timeout: 60_000 },
  );
  return JSON.parse(stdout);
}
