// Every public function has an example, which compiles against the package as it is published; what needs nothing but itself runs.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { exportJWK, generateKeyPair } from "jose";
import { root } from "../support/paths.ts";
import { examplesIn, publicFunctions } from "./examples.ts";

/** Below the root, so that the examples find the package by its name. */
const folder = join(root, "target", "examples");
const functions = publicFunctions();
const examples = functions.flatMap(({ entry, name, examples }) =>
  examples.map((code, at) => ({ title: `${name} of ${entry}`, file: `${name}-${at}`, code })),
);

/** What some examples read, in place of files of their readers. */
const files = { "unknown.bin": join(root, "crate/tests/data/boundary-certificate.pem") };

/** An entry that Node cannot load. */
const onWorkersOnly = '"honnin/relying-party/cloudflare"';

const filesOf = (code: string) => [...code.matchAll(/readFile\("([^"]+)"/g)].map(([, name = ""]) => name);
const runs = (code: string) =>
  filesOf(code).every((name) => Object.hasOwn(files, name)) && !code.includes(onWorkersOnly);

before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
    ...{ module: "nodenext", target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: ["node"] },
    ...{ rootDir: ".", outDir: "out" },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const { file, code } of examples) writeFileSync(join(folder, `${file}.ts`), code);
  for (const [name, from] of Object.entries(files)) copyFileSync(from, join(folder, name));
});

test("every public function has an example, which imports it", () => {
  assert.ok(functions.length > 30, `${functions.length} functions`);
  const without = functions.filter(({ name, examples }) => !examples.some((code) => imports(code, name)));
  assert.deepEqual(
    without.map(({ entry, name }) => `${entry}: ${name}`),
    [],
  );
});

function imports(code: string, name: string): boolean {
  return [...code.matchAll(/import \{([^}]*)\} from "honnin[\w/-]*";/g)].some(([, names = ""]) =>
    new RegExp(`\\b${name}\\b`).test(names),
  );
}

test("the examples compile", () => {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("most examples run", () => {
  assert.ok(examples.filter(({ code }) => runs(code)).length > examples.length / 2);
});

const { privateKey } = await generateKeyPair("ES256", { extractable: true });
const env = {
  ...process.env,
  CLIENT_KEY: JSON.stringify(await exportJWK(privateKey)),
  COOKIE_SECRET: "a secret of no consequence, long enough",
};

for (const { title, file, code } of examples.filter(({ code }) => runs(code))) {
  test(`the example of ${title} runs`, async () => {
    const program = join(folder, "out", `${file}.js`);
    assert.ok(existsSync(program), "it compiled");
    const { stdout } = await promisify(execFile)(process.execPath, [program], { cwd: folder, env });
    // Whatever an example says that it prints, it prints.
    const lines = stdout.split("\n");
    for (const [, said = ""] of code.matchAll(/^console\.log\(.*\); \/\/ (true|false)\b/gm))
      assert.ok(lines.includes(said), `${said} in\n${stdout}`);
  });
}

test("an example is read out of a comment, and nothing else is", () => {
  const comment = [
    "/**",
    " * Does.",
    " *",
    " * ```ts",
    " * not();",
    " * ```",
    " * @example",
    " * ```ts",
    " * does();",
    " *   indented();",
    " * ```",
    " */",
  ].join("\n");
  assert.deepEqual(examplesIn(comment), ["does();\n  indented();\n"]);
});
