// What is published: the files of the npm package, and what the usual linters of packages say of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { root } from "../support/paths.ts";
import { filesBelow, packedProject } from "./packed.ts";

const project = packedProject();
after(() => project.remove());

const files = filesBelow(project.honnin);
const read = (file: string) => readFileSync(join(project.honnin, file), "utf8");
const manifest = JSON.parse(read("package.json"));

/** Runs a tool of this repository; a failure has what it said. */
async function tool(path: string, ...args: string[]): Promise<string> {
  const command = [join(root, "node_modules", path), ...args];
  return promisify(execFile)(process.execPath, command).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`),
  );
}

test("the package has its modules, their declarations, the READMEs and the licences, and nothing else", () => {
  const outside = files.filter((file) => !file.startsWith("dist/"));
  assert.deepEqual(outside, ["LICENSE-APACHE", "LICENSE-MIT", "README.ja.md", "README.md", "package.json"]);
  const others = files.filter((file) => file.startsWith("dist/") && !/\.(js|d\.ts)$/.test(file));
  assert.deepEqual(others, ["dist/wasm/honnin.wasm", "dist/wasm/id-token.wasm"]);
  assert.deepEqual(
    files.filter((file) => /\b(tests?|fixtures?)\b|\.map$/.test(file)),
    [],
  );
});

test("the licences are those of the project", () => {
  assert.equal(manifest.license, "MIT OR Apache-2.0");
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"])
    assert.equal(read(name), readFileSync(join(root, name), "utf8"));
});

test("every module has declarations, and no declaration is without its module", () => {
  const [modules, declarations] = [".js", ".d.ts"].map((ending) =>
    files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length)),
  );
  const without = modules?.filter((file) => !declarations?.includes(file));
  // What the build writes; no public type comes from them.
  assert.deepEqual(without, ["dist/wasm/integrity", "dist/wasm/packed/honnin", "dist/wasm/packed/id-token"]);
  assert.deepEqual(
    declarations?.filter((file) => !modules?.includes(file)),
    ["dist/wasm/compiled"],
  );
});

test("no file refers to a source map or to a path of the machine that built it", () => {
  for (const file of files) {
    const text = readFileSync(join(project.honnin, file), "latin1");
    assert.doesNotMatch(text, /sourceMappingURL/, file);
    assert.doesNotMatch(text, /\/(home|root|Users|work|runner)\/|\.cargo\//, file);
  }
});

test("every file that package.json names is there, and the command can be run", () => {
  const named: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") named.push(value.replace(/^\.\//, ""));
    else for (const inner of Object.values(value as object)) walk(inner);
  };
  walk([manifest.exports, manifest.imports, manifest.bin]);
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((file) => !files.includes(file)),
    [],
  );
  assert.ok(statSync(join(project.honnin, manifest.bin.honnin)).mode & 0o100);
});

for (const page of ["README.md", "README.ja.md"])
  test(`${page} refers to packed files only, and shows no picture`, () => {
    const text = read(page);
    assert.doesNotMatch(text, /!\[|<img/);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const relative = links.filter((link) => !/^https:\/\//.test(link));
    assert.ok(relative.length > 2);
    assert.deepEqual(
      relative.filter((link) => !files.includes(link)),
      [],
    );
  });

test("publint has nothing to say", async () => {
  const said = await tool(join("publint", "src", "cli.js"), "--strict", project.tarball);
  assert.match(said, /All good!/);
});
