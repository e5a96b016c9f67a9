// What is published says where the project is, in the words of one place; unset, nothing can be published and nothing is made up.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { root } from "../support/paths.ts";

const addresses = {
  repository: "https://git.example/honnin",
  homepage: "https://honnin.example/",
  bugs: "https://git.example/honnin/issues",
};
const crates = ["crate/Cargo.toml", "crate/arithmetic/Cargo.toml"];
const manifests = ["js/package.json", "demo/emulator/npm/package.json", ...crates];

function publishable(folder: string, ...args: string[]) {
  const command = [join(root, "scripts/publishable.mjs"), "--root", folder, ...args];
  return spawnSync(process.execPath, command, { encoding: "utf8" });
}

/** A folder with this repository's manifests, and these addresses at its root. */
function copy(t: TestContext, given: object): string {
  const folder = mkdtempSync(join(tmpdir(), "honnin-publishable-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of manifests) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    copyFileSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify(given));
  return folder;
}

const read = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");

test("the manifests have the addresses of the root's package.json, or none where it has none", () => {
  const { status, stderr } = publishable(root, "--check");
  const { repository } = JSON.parse(read(root, "package.json"));
  assert.equal(status, repository === undefined ? 1 : 0, stderr);
  if (repository === undefined) assert.match(stderr, /The project's addresses are not set/);
});

test("npm asks before it publishes", () => {
  for (const [manifest, way] of [
    ["js/package.json", ".."],
    ["demo/emulator/npm/package.json", "../../.."],
  ] as const) {
    const { scripts } = JSON.parse(read(root, manifest));
    assert.equal(scripts.prepublishOnly, `node ${way}/scripts/publishable.mjs --check`);
  }
});

test("without addresses it fails, and makes none up", (t) => {
  const folder = copy(t, {});
  const { status, stderr } = publishable(folder);
  assert.equal(status, 1);
  assert.match(stderr, /npm pkg set repository=/);
  assert.equal(publishable(folder, "--check").status, 1);
  for (const name of manifests) assert.doesNotMatch(read(folder, name), /repository|homepage|bugs/);
});

test("set, they are in every manifest, once, and taken out again when unset", (t) => {
  const folder = copy(t, {});
  publishable(folder);
  const before = manifests.map((name) => read(folder, name));
  writeFileSync(join(folder, "package.json"), JSON.stringify(addresses));

  assert.equal(publishable(folder, "--check").status, 1, "they are not there yet");
  assert.deepEqual(
    manifests.map((name) => read(folder, name)),
    before,
    "a check writes nothing",
  );
  assert.equal(publishable(folder).status, 0);
  assert.equal(publishable(folder, "--check").status, 0);
  const { repository, homepage, bugs } = JSON.parse(read(folder, "js/package.json"));
  assert.deepEqual(repository, { type: "git", url: "git+https://git.example/honnin.git", directory: "js" });
  assert.equal(homepage, addresses.homepage);
  assert.deepEqual(bugs, { url: addresses.bugs });
  for (const name of crates) {
    const lines = read(folder, name)
      .split("\n")
      .filter((line) => /^(repository|homepage)/.test(line));
    assert.deepEqual(lines, [
      'repository = "https://git.example/honnin"',
      'homepage = "https://honnin.example/"',
    ]);
  }

  writeFileSync(join(folder, "package.json"), "{}");
  assert.equal(publishable(folder).status, 1);
  assert.deepEqual(
    manifests.map((name) => read(folder, name)),
    before,
  );
});

for (const [name, given] of [
  ["that is no https address", { ...addresses, homepage: "http://honnin.example/" }],
  ["with a password in it", { ...addresses, bugs: "https://me:secret@git.example/" }],
  ["without the others", { repository: addresses.repository }],
] as const) {
  test(`an address ${name} is refused`, (t) => {
    const folder = copy(t, given);
    assert.equal(publishable(folder).status, 1);
    for (const file of manifests) assert.equal(read(folder, file), read(root, file));
  });
}

test("a tag must name the version of every manifest", (t) => {
  const folder = copy(t, addresses);
  assert.equal(publishable(folder).status, 0);
  const { version } = JSON.parse(read(folder, "js/package.json"));
  assert.equal(publishable(folder, "--check", "--tag", `v${version}`).status, 0);
  for (const tag of [version, `v${version}-rc.1`, "v0.0.0"]) {
    const { status, stderr } = publishable(folder, "--check", "--tag", tag);
    assert.equal(status, 1);
    assert.match(stderr, /but the tag is/);
  }
  const arithmetic = join(folder, "crate/arithmetic/Cargo.toml");
  writeFileSync(
    arithmetic,
    readFileSync(arithmetic, "utf8").replace(`version = "${version}"`, 'version = "9.0.0"'),
  );
  assert.match(publishable(folder, "--check", "--tag", `v${version}`).stderr, /arithmetic.* 9\.0\.0/);
});
