// The crates as cargo would publish them: packed, built from the packages alone, their READMEs' examples run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../support/paths.ts";

const target = join(root, "target", "published");
// Outside of this repository, whose workspace would take the packages for its members.
const home = mkdtempSync(join(tmpdir(), "honnin-crates-"));
after(() => rmSync(home, { recursive: true, force: true }));

async function cargo(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  const run = promisify(execFile)(program, args, { cwd: root, env, maxBuffer: 16_777_216 });
  const { stdout, stderr } = await run.catch((error) => assert.fail(`${error.stdout}${error.stderr}`));
  return stdout + stderr;
}

test("both crates can be published, and the examples run from the packages", async () => {
  // The second depends on the first, which the registry does not have yet: for a workspace, cargo takes it from its package.
  await cargo("cargo", "publish", "--workspace", "--dry-run", "--allow-dirty", "--locked");
  const [arithmetic = "", honnin = ""] = ["honnin-arithmetic", "honnin"].map((name) => {
    const folder = join(home, name);
    cpSync(join(target, "package", `${name}-0.1.0`), folder, { recursive: true });
    return folder;
  });
  // As if the registry had the first one.
  const patch = ["--config", `patch.crates-io.honnin-arithmetic.path=${JSON.stringify(arithmetic)}`];
  for (const [folder, config] of [
    [arithmetic, []],
    [honnin, patch],
  ] as const) {
    const said = await cargo(
      "cargo",
      "test",
      "--doc",
      "--manifest-path",
      join(folder, "Cargo.toml"),
      ...config,
    );
    assert.match(said, /test result: ok\. [1-9]/);
  }
});

const deny = process.env.HONNIN_CARGO_DENY;

test("licences, sources and versions of all dependencies are as deny.toml allows", {
  skip: deny ? false : "cargo-deny is not installed",
}, async () => {
  const args = ["--workspace", "--offline", "--locked", "check", "bans", "licenses", "sources"];
  assert.match(await cargo(deny ?? "", ...args), /bans ok, licenses ok, sources ok/);
});
