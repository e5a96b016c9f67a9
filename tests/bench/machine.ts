// On what a run was measured.
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import type { Environment } from "./environments/environment.ts";
import { peers } from "./folders.ts";
import type { Machine } from "./results.ts";
import type { Plan } from "./rounds.ts";

export function machine(environments: readonly Environment[], { rounds, least }: Plan): Machine {
  const { dependencies } = JSON.parse(readFileSync(join(peers, "package.json"), "utf8"));
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() || "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    rounds,
    least,
    versions: {
      ...Object.fromEntries(environments.map(({ name, version }) => [name, version])),
      ...dependencies,
      ...crates(),
    },
  };
}

/** The native peers, as their manifest pins them. */
function crates(): Record<string, string> {
  const manifest = readFileSync(join(peers, "..", "native", "Cargo.toml"), "utf8");
  const versionOf = (name: string) =>
    new RegExp(`^${name} = .*?"=?([\\d][^"]*)"`, "m").exec(manifest)?.[1] ?? "";
  return Object.fromEntries(
    ["x509-cert", "rsa", "rustls-webpki"].map((name) => [`${name} (Rust)`, versionOf(name)]),
  );
}
