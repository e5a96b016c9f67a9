// The crate's own program, which verifies a package without any JavaScript.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "@honnin/emulator";
import { root } from "../support/paths.ts";

export interface NativeAnswer {
  readonly ok: boolean;
  readonly code: string;
  readonly revocation: { readonly status: string };
}

const run = promisify(execFile);

/** @returns the answer as the program prints it, for a package that it refuses too */
export async function verifyNatively(
  folder: string,
  { jpki }: Emulator,
  packagePath: string,
  documentPath: string,
): Promise<NativeAnswer> {
  const anchors = join(folder, "anchors.pem");
  await writeFile(anchors, jpki.anchors);
  const { signature } = JSON.parse(await readFile(packagePath, "utf8"));
  const nextCard = signature.scheme === "ecdsa-p384-sha384";
  const args = [
    ...["run", "--quiet", "--locked", "--package", "honnin", "--example", "verify_package", "--"],
    ...["--package", packagePath, "--document", documentPath, "--anchors", anchors],
    ...["--organization", jpki.organization, "--environment", "test"],
    ...["--now", String(Math.floor(Date.now() / 1000))],
    ...(nextCard ? ["--policy", jpki.nextCardPolicy, "--algorithm", signature.scheme] : []),
  ];
  const done = (await run("cargo", args, { cwd: root }).catch((error) => error)) as {
    stdout: string;
    stderr: string;
  };
  if (done.stdout === "") throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}
