// npm run bench: one CRL, the same questions to honnin (native and WebAssembly), x509-cert and pkijs, in one run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSyntheticJpki, makeHugeCrl, samplePerson, serialOfEntry } from "@honnin/synthetic-jpki";
import { root } from "../../support/paths.ts";

interface Answer {
  /** The least of five rounds; of pkijs, one. */
  readonly ms: number;
  /** Held while answering, beside the CRL itself: allocated natively, grown by the process in JavaScript. */
  readonly bytes: number;
  readonly allocations?: number;
  readonly found: readonly boolean[];
}

const here = join(root, "tests", "bench", "crl");
const native = join(
  root,
  "target",
  "bench",
  "release",
  process.platform === "win32" ? "crl-bench.exe" : "crl-bench",
);
const run = (program: string, ...args: string[]): Answer =>
  JSON.parse(execFileSync(program, args, { cwd: here, encoding: "utf8", maxBuffer: 1 << 20 }));

const octets = (serial: number) => Uint8Array.of(serial >>> 24, serial >>> 16, serial >>> 8, serial);

async function compare(count: number, withPkijs: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "honnin-bench-"));
  try {
    const now = new Date(Date.UTC(2026, 6, 1));
    const jpki = await createSyntheticJpki({ now, seed: "crl-bench" });
    const authority = jpki.sign.current;
    const serials = [serialOfEntry(count - 1), serialOfEntry(count - 1) + 1];
    const [revoked, good] = await Promise.all(
      serials.map((serial) => jpki.issueSignCertificate(samplePerson, { serial: octets(serial) })),
    );
    const crl = makeHugeCrl({ issuer: authority, thisUpdate: now, count });
    const file = join(folder, "crl.der");
    writeFileSync(file, crl);
    writeFileSync(join(folder, "anchor.der"), authority.certificate);
    writeFileSync(join(folder, "revoked.der"), revoked?.certificate ?? "");
    writeFileSync(join(folder, "good.der"), good?.certificate ?? "");
    writeFileSync(join(folder, "facts.json"), JSON.stringify({ now: now.getTime() / 1000 + 60 }));

    const asked = serials.map((serial) => serial.toString(16));
    const rows: [string, Answer][] = [
      ["honnin, native: scan", run(native, "honnin", file, ...asked)],
      ["x509-cert, native: parse", run(native, "x509-cert", file, ...asked)],
      ["honnin, wasm: path, signature, scan", run(process.execPath, "honnin.mjs", folder)],
    ];
    if (withPkijs)
      rows.push(["pkijs, limit raised: parse", run(process.execPath, "pkijs.mjs", file, ...asked)]);
    const [, base] = rows[0] as [string, Answer];
    process.stdout.write(
      `\n${count.toLocaleString("en")} entries, ${(crl.length / 2 ** 20).toFixed(1)} MiB; one revoked and one good serial number\n`,
    );
    for (const [name, { ms, bytes, allocations, found }] of rows) {
      if (found.join() !== "true,false") throw new Error(`${name} answered ${found}`);
      const figures = [
        `${ms.toFixed(1)} ms`,
        `×${(ms / base.ms).toFixed(1)}`,
        `${(bytes / 2 ** 20).toFixed(1)} MiB`,
      ];
      if (allocations !== undefined) figures.push(`${allocations.toLocaleString("en")} allocations`);
      process.stdout.write(`  ${name.padEnd(37)}${figures.map((figure) => figure.padStart(12)).join(" ")}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await compare(100_000, true);
await compare(1_000_000, false);
