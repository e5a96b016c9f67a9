// The npm package as a developer of another site gets it: packed, installed into an empty folder, started.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../support/paths.ts";

const folder = mkdtempSync(join(tmpdir(), "honnin-emulator-package-"));
after(() => rmSync(folder, { recursive: true }));

function npm(...args: string[]): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8", shell });
  assert.equal(status, 0, stderr);
  return stdout;
}

const [packed] = JSON.parse(
  npm("pack", "--json", "--ignore-scripts", "--pack-destination", folder, join(root, "demo/emulator/npm")),
) as { filename: string; size: number; files: { path: string }[] }[];
assert.ok(packed);
npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, packed.filename));
const installed = join(folder, "node_modules", "honnin-emulator");

test("it is one package, below 600 kB, with its examples and without its sources", () => {
  assert.deepEqual(
    readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["honnin-emulator"],
  );
  assert.ok(packed.size < 600_000, `${packed.size} bytes`);
  const paths = packed.files.map(({ path }) => path);
  assert.deepEqual(
    paths.filter((path) => /\.ts$/.test(path) && !/\.d\.ts$|^examples\//.test(path)),
    [],
  );
  for (const file of [
    "README.md",
    "README.ja.md",
    "Containerfile",
    "LICENSE-MIT",
    "people.schema.json",
    "examples/site.ts",
  ])
    assert.ok(paths.includes(file), file);
});

test("what it exports is there, with its types, which name nothing outside of it", () => {
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string; default: string }>;
  };
  for (const target of Object.values(exports)) {
    for (const path of typeof target === "string" ? [target] : Object.values(target))
      assert.ok(existsSync(join(installed, path)), path);
    if (typeof target === "string") continue;
    const types = readFileSync(join(installed, target.types), "utf8");
    for (const [, from = ""] of types.matchAll(/\bfrom ["']([^"']+)["']/g)) assert.match(from, /^node:/);
  }
});

test("the licences of what is bundled come along", () => {
  const licences = readFileSync(join(installed, "dist", "THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["oidc-provider", "jose", "koa", "uqr", "@peculiar/asn1-x509", "asn1js"])
    assert.match(licences, new RegExp(`^${name} \\d`, "m"));
});

test("the command starts, with the cards' primes, and answers", {
  skip: process.platform === "win32",
}, async () => {
  const child = spawn(join(folder, "node_modules", ".bin", "honnin-emulator"), { cwd: folder });
  try {
    let output = "";
    for await (const chunk of child.stdout) {
      output += chunk;
      if (/JWKS_URI=\S+\n/.test(output)) break;
    }
    const uri = /JWKS_URI=(\S+)/.exec(output)?.[1] ?? "";
    const { keys } = (await (await fetch(uri)).json()) as { keys: unknown[] };
    assert.equal(keys.length, 2);
    const anchors = await fetch(new URL("/emulator/jpki/anchors.pem", uri));
    assert.equal((await anchors.text()).match(/BEGIN CERTIFICATE/g)?.length, 3);
    assert.match(readFileSync(join(installed, "dist", "primes.json"), "utf8"), /^\{"[0-9a-f]{64}":"\d+"/);
  } finally {
    child.kill();
  }
});
