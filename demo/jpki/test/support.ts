// What the tests share: OpenSSL's command, a folder for it to read from, the real test card, and one synthetic JPKI.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSyntheticJpki } from "../src/index.js";

export const now = new Date("2026-11-20T03:00:00Z");
export const jpki = await createSyntheticJpki({ now, seed: "tests" });

const folder = mkdtempSync(join(tmpdir(), "honnin-jpki-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Writes a file and gives its path. */
export function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const found = spawnSync("openssl", ["version"]).status === 0;
/** As an option of `test`: skipped, with the reason, where there is no OpenSSL. */
export const withOpenssl = { skip: found ? false : "NOTICE: openssl was not found" };

/** Runs OpenSSL's command. */
export function openssl(...args: string[]): { ok: boolean; text: string; stdout: Buffer } {
  const { status, stdout, stderr } = spawnSync("openssl", args, { maxBuffer: 1 << 28 });
  return { ok: status === 0, text: `${stderr.toString()}${stdout.toString()}`, stdout };
}

/** The time as OpenSSL takes it. */
export const at = (time: Date = now) => ["-attime", String(Math.floor(time.getTime() / 1000))];

const card = fileURLToPath(new URL("../../../../shared/vectors/jpki-test/", import.meta.url));
/** The certificates that J-LIS issued for its test cards, which stay outside the project. */
export const realCard = {
  skip: existsSync(card) ? false : "NOTICE: the vectors of the test card are not here",
  read: (name: string) => new Uint8Array(readFileSync(join(card, name))),
};
