// npm run corpus: compares honnin with OpenSSL on certificates, CRLs, OCSP responses and CMS messages in other packages.
// The packages are pinned in tests/corpus/packages.json and never become part of the project.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { opensslLibrary } from "./lib/machine.mjs";
import { unpacked } from "./lib/packages.mjs";
import { command, Failure, root, run, step } from "./lib/process.mjs";

await command(async (args) => {
  if (!(await opensslLibrary()))
    throw new Failure(
      "OpenSSL's library was not found (Debian, Ubuntu: sudo apt-get install libssl-dev pkg-config).",
    );
  const packages = JSON.parse(readFileSync(join(root, "tests", "corpus", "packages.json"), "utf8"));
  const lines = [];
  for (const entry of packages) {
    await step(`${entry.registry} ${entry.name} ${entry.version}`, async () => {
      lines.push([entry.registry, entry.name, entry.version, await unpacked(entry)].join("\t"));
    });
  }
  const list = join(root, ".cache", "corpus", "packages.tsv");
  mkdirSync(join(root, ".cache", "corpus"), { recursive: true });
  writeFileSync(list, `${lines.join("\n")}\n`);
  const manifest = join("tests", "corpus", "Cargo.toml");
  const { code } = await run(
    "cargo",
    ["run", "--locked", "--release", "--manifest-path", manifest, "--", list, ...args],
    { env: { CARGO_TARGET_DIR: join(root, "target", "differential") }, show: true, check: false },
  );
  process.exitCode = code;
});
