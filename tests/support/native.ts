// The crate's own program, which verifies a package without any JavaScript.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "./paths.ts";

export interface NativeAnswer {
  readonly ok: boolean;
  readonly code?: string;
  readonly scheme?: string;
  readonly asOfSource?: string;
  readonly revocation?: { readonly status: string };
}

export interface NativeRun {
  /** 0 for a package that is good, 1 for one that is refused, 2 for flags that make no sense. */
  readonly status: number;
  /** As printed; nothing where the status is 2. */
  readonly answer: NativeAnswer | undefined;
  readonly stderr: string;
}

const program = ["run", "--quiet", "--locked", "--package", "honnin", "--example", "verify_package", "--"];

export async function verifyNatively(flags: readonly string[]): Promise<NativeRun> {
  const done = await promisify(execFile)("cargo", [...program, ...flags], { cwd: root }).then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  const { code: status, stdout, stderr } = done;
  // Cargo itself ends in 101.
  if (status !== 0 && status !== 1 && status !== 2) throw new Error(stderr);
  return { status, answer: status === 2 ? undefined : JSON.parse(stdout), stderr };
}
