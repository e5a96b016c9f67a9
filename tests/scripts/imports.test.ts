// The command about imports: what is planted in a folder of its own is found, in each way of writing an import.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { root } from "../support/paths.ts";

const workspace = {
  "package.json": JSON.stringify({ workspaces: ["js", "demo/site"] }),
  "js/package.json": JSON.stringify({
    name: "honnin",
    imports: { "#own": { types: "./dist/own/index.d.ts" } },
    exports: { ".": { types: "./dist/index.d.ts" }, "./launch": { types: "./dist/launch/index.d.ts" } },
  }),
  "demo/site/package.json": JSON.stringify({ name: "@honnin/site", exports: { ".": "./src/index.ts" } }),
};

function imports(t: TestContext, files: Readonly<Record<string, string>>, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "honnin-imports-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ ...workspace, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const command = [join(root, "scripts/imports.mjs"), "--root", folder, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("this repository has no circle, and keeps to the rules", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/imports.mjs")], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^js\/src: \d+ files, \d+ imports$/m);
});

test("a name that a package has for itself counts for the file behind it", (t) => {
  const { status, stderr } = imports(t, {
    "js/src/own/index.ts": 'import { a } from "../a.js";\n',
    "js/src/a.ts": 'import { b } from "#own";\n',
  });
  assert.equal(status, 1);
  assert.match(stderr, /^A circle of 2 files: js\/src\/a\.ts, js\/src\/own\/index\.ts$/m);
});

const circles = {
  "of types": 'import type { A } from "./a.js";\n',
  "of several lines": 'import {\n  type A,\n  b as c,\n} from "./a.js";\n',
  "of what is passed on": 'export * from "./a.js";\n',
  "of an import on demand": 'export const a = () => import("./a.js");\n',
  "of an import for its effect": 'import "./a.js";\n',
};

for (const [name, text] of Object.entries(circles)) {
  test(`a circle ${name} fails`, (t) => {
    const files = {
      "js/src/wasm/a.ts": 'export { b } from "./b.js";\n',
      "js/src/wasm/b.ts": 'export { c } from "./c.js";\n',
      "js/src/wasm/c.ts": text,
    };
    const { status, stderr } = imports(t, files);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /A circle of 3 files: js\/src\/wasm\/a\.ts, js\/src\/wasm\/b\.ts, js\/src\/wasm\/c\.ts/,
    );
  });
}

test("a circle through the names of packages fails", (t) => {
  const { status, stderr } = imports(t, {
    "js/src/index.ts": 'export { site } from "@honnin/site";\n',
    "demo/site/src/index.ts": 'export { init } from "honnin";\n',
  });
  assert.equal(status, 1);
  assert.match(stderr, /A circle of 2 files: demo\/site\/src\/index\.ts, js\/src\/index\.ts/);
});

const forbidden: Readonly<Record<string, readonly [file: string, text: string, target: string]>> = {
  "launch uses nothing but errors and addresses": [
    "js/src/launch/index.ts",
    'import type { init } from "../index.js";\n',
    "js/src/index.ts",
  ],
  "the calls to the service know no requests": [
    "js/src/relying-party/service/client.ts",
    'import { readCookies } from "../http/cookies.js";\n',
    "js/src/relying-party/http/cookies.ts",
  ],
  "the demo uses public exports": [
    "demo/site/src/index.ts",
    'import { init } from "../../../js/src/index.js";\n',
    "js/src/index.ts",
  ],
};

for (const [name, [file, text, target]] of Object.entries(forbidden)) {
  test(`a forbidden import fails: ${name}`, (t) => {
    const { status, stderr } = imports(t, { [target]: "export {};\n", [file]: text });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^${file} imports ${target}: `, "m"));
  });
}

test("what is allowed passes, and so does what only looks like an import", (t) => {
  const { status, stdout, stderr } = imports(t, {
    "js/src/error.ts": "export {};\n",
    "js/src/index.ts": "export {};\n",
    "js/src/launch/index.ts":
      'import type { HonninError } from "../error.js";\nimport { encode } from "uqr";\n',
    "demo/site/src/index.ts":
      'import { init } from "honnin";\nimport "honnin/launch";\n// import { a } from "../../../js/src/error.js";\n',
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^js\/src: 3 files, 1 imports$/m);
});

test("in the crate, a name counts for the file that it comes from; what a parent passes on is no use", (t) => {
  const files = {
    "crate/src/lib.rs": "mod a;\nmod b;\npub use a::One;\n",
    "crate/src/a/mod.rs":
      "mod one;\nmod two;\npub use one::One;\npub(crate) use two::{Two, Three as Four};\n",
    "crate/src/a/one.rs":
      "pub(in crate::a::two) struct One;\n#[cfg(test)]\nmod tests {\n    use super::super::two::Two;\n}\n",
    "crate/src/a/two.rs": "use super::One;\nuse crate::b::{self, Five};\n",
    "crate/src/b.rs": "// crate::a::One\nfn five() -> crate::a::Four {}\n",
  };
  const { status, stdout, stderr } = imports(t, files);
  assert.equal(status, 1);
  assert.match(stdout, /^crate\/src: 5 files, 3 imports$/m);
  assert.match(stderr, /^A circle of 2 files: crate\/src\/a\/two\.rs, crate\/src\/b\.rs$/m);
});

test("in the crate, modules use those below, and what is said does not use what verifies it", (t) => {
  const { status, stderr } = imports(t, {
    "crate/src/lib.rs": "mod cms;\nmod der;\nmod x509;\n",
    "crate/src/der/mod.rs": "use crate::cms::Message;\n",
    "crate/src/cms/mod.rs": "use crate::x509::name::Name;\npub struct Message;\n",
    "crate/src/x509/mod.rs": "mod name;\nmod crl;\nmod verify;\n",
    "crate/src/x509/name.rs": "pub struct Name;\n",
    "crate/src/x509/crl.rs": "use super::verify::path::Path;\n",
    "crate/src/x509/verify/mod.rs": "mod path;\n",
    "crate/src/x509/verify/path.rs": "use crate::x509::name::Name;\npub struct Path;\n",
  });
  assert.equal(status, 1);
  assert.deepEqual(
    stderr.split("\n").filter((line) => line.includes(" imports ")),
    [
      "crate/src/der/mod.rs imports crate/src/cms/mod.rs: der stands on what comes before it",
      "crate/src/x509/crl.rs imports crate/src/x509/verify/path.rs: what certificates and lists say does not know what verifies them",
    ],
  );
});
