// The native peers: `native/` measures by itself, with files that are made here.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { organization } from "@honnin/synthetic-jpki";
import { root } from "../support/paths.ts";
import { cardFixture, crlFixture } from "./fixtures/card.ts";
import { plainChainFixture } from "./fixtures/plain-chain.ts";
import type { ChainFixture, CrlFixture } from "./fixtures/types.ts";
import { cache } from "./folders.ts";
import type { Options } from "./options.ts";
import type { NativeResult, NativeRow } from "./results.ts";

const program = process.platform === "win32" ? "bench-native.exe" : "bench-native";

const titles: Readonly<Record<string, string>> = {
  chain: "chain of a test card; honnin with the JPKI profile",
  "plain-chain": "chain of three certificates, RSA-2048, without a profile",
  crl: "CRL of 100,000 entries, one serial number, with the signature",
  "crl-million": "CRL of 1,000,000 entries, one serial number, with the signature",
};

/** Peers that have nothing for a job, and why. */
const cannot: Readonly<Record<string, readonly NativeRow[]>> = {
  chain: [{ job: "chain", name: "x509-cert", reason: "verifies no paths" }],
  "plain-chain": [{ job: "plain-chain", name: "x509-cert", reason: "verifies no paths" }],
  crl: [{ job: "crl", name: "rustls-webpki", reason: "refuses the certificates of the card" }],
  "crl-million": [
    { job: "crl-million", name: "rustls-webpki", reason: "refuses the certificates of the card" },
  ],
};

function folderOf(job: string, files: Readonly<Record<string, string>>): void {
  const folder = join(cache, "native", job);
  mkdirSync(folder, { recursive: true });
  for (const [name, base64] of Object.entries(files))
    writeFileSync(join(folder, name), Buffer.from(base64, "base64"));
}

const chainFiles = ({ authorities, leaf, flipped }: ChainFixture) => ({
  ...Object.fromEntries(authorities.map((one, at) => [`authority-${at}.der`, one])),
  "good.der": leaf,
  "bad.der": flipped,
});

const crlFiles = ({ crl, authority, authoritySpki, good }: CrlFixture) => ({
  "crl.der": crl,
  "authority-0.der": authority,
  "spki.der": authoritySpki,
  "good.der": good.certificate,
  serial: good.serial,
});

export async function measureNative({ quick, plan }: Options): Promise<NativeResult[]> {
  rmSync(join(cache, "native"), { recursive: true, force: true });
  folderOf("chain", chainFiles(await cardFixture()));
  folderOf("plain-chain", chainFiles(await plainChainFixture()));
  folderOf("crl", crlFiles(await crlFixture(100_000)));
  if (!quick) folderOf("crl-million", crlFiles(await crlFixture(1_000_000)));
  const now = String(Math.floor(Date.now() / 1000));
  const args = [join(cache, "native"), now, String(plan.rounds), String(plan.least), organization];
  const path = join(root, "target", "bench", "release", program);
  const rows: NativeRow[] = JSON.parse(execFileSync(path, args, { encoding: "utf8", maxBuffer: 1 << 24 }));
  return Object.entries(titles).flatMap(([job, title]) => {
    const some = rows.filter((row) => row.job === job);
    return some.length === 0 ? [] : [{ title, rows: [...some, ...(cannot[job] ?? [])] }];
  });
}
