// The emulator's cards for the native verifier.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "@honnin/emulator";
import { type NativeRun, verifyNatively } from "../support/native.ts";

/** Verifies a package of a signature with one of the emulator's cards; `folder` is for the anchors. */
export async function verifyCardNatively(
  folder: string,
  { jpki }: Emulator,
  packagePath: string,
  documentPath: string,
): Promise<NativeRun> {
  const anchors = join(folder, "anchors.pem");
  await writeFile(anchors, jpki.anchors);
  const { signature } = JSON.parse(await readFile(packagePath, "utf8"));
  const nextCard = signature.scheme === "ecdsa-p384-sha384";
  return verifyNatively([
    ...["--package", packagePath, "--document", documentPath, "--anchors", anchors],
    ...["--organization", jpki.organization, "--cards", "test"],
    ...["--now", String(Math.floor(Date.now() / 1000))],
    ...(nextCard ? ["--policy", jpki.nextCardPolicy, "--scheme", signature.scheme] : []),
  ]);
}
