// What the build makes of the declarations that the compiler writes.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../support/paths.ts";

const { makePortable, portable } = await import(
  pathToFileURL(join(root, "scripts/lib/declarations.mjs")).href
);

const names = new Set([
  ...["ByteArray", "CryptoKey", "Headers", "Request", "Response", "URL"],
  ...["WebAssemblyInstance", "WebAssemblyModule"],
]);
const made = (text: string): string => portable(text, "./platform.js", names);
/** The names that are imported. */
const imported = (text: string): string[] =>
  (/^import type \{ (.*) \} from "\.\/platform\.js";\n/.exec(made(text))?.[1] ?? "")
    .split(", ")
    .filter(Boolean);

test("names of the platform are imported, once and in order", () => {
  assert.equal(
    made("export declare function ask(url: URL, request: Request): Promise<Response | URL>;\n"),
    'import type { Request, Response, URL } from "./platform.js";\n' +
      "export declare function ask(url: URL, request: Request): Promise<Response | URL>;\n",
  );
});

test("a file without a name of the platform stays as it is", () => {
  const text = "export interface Paths {\n    readonly login: string;\n}\n";
  assert.equal(made(text), text);
});

test("what the compiler writes gets the platform's name, everywhere", () => {
  assert.equal(
    made("declare const a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>;"),
    'import type { ByteArray } from "./platform.js";\ndeclare const a: ByteArray, b: ByteArray;',
  );
  assert.equal(
    made("type M = WebAssembly.Module | WebAssembly.Instance;"),
    'import type { WebAssemblyInstance, WebAssemblyModule } from "./platform.js";\n' +
      "type M = WebAssemblyModule | WebAssemblyInstance;",
  );
  // Of any other buffer, and of a longer name, nothing is known.
  for (const text of ["type A = Uint8Array<SharedArrayBuffer>;", "type B = WebAssembly.ModuleKind;"])
    assert.equal(made(text), text);
});

test("comments are not changed, and name nothing", () => {
  for (const text of [
    "/** A `Request`, and its Response. */\n",
    "// A URL of Uint8Array<ArrayBuffer>\n",
    "/**\n * Headers: WebAssembly.Module\n */\n",
  ])
    assert.equal(made(text), text);
  // Code between two comments is code, and so is what follows the last one.
  assert.deepEqual(imported("/** A URL. */\ntype A = Headers;\n/** A Response. */\ntype B = Request;"), [
    ...["Headers", "Request"],
  ]);
  const text = "/** one */ type A = Request; /** two */ type B = 1;";
  assert.equal(made(text), `import type { Request } from "./platform.js";\n${text}`);
});

test("a member, a text and a part of a name are no names of the platform", () => {
  for (const text of [
    "interface A { Response: string; Request?: string }",
    "type A = \"Request\" | 'URL';",
    "type A = Other.Request;",
    "type A = URLSearch | MyURL | URL_ | $URL | URL$;",
  ])
    assert.deepEqual(imported(text), [], text);
  assert.deepEqual(imported("interface A { readonly request: Request; url?: URL }"), ["Request", "URL"]);
});

test("all declarations of a folder get the path to the platform's types; nothing else is touched", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "honnin-declarations-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "a", "b"), { recursive: true });
  const platform = "export type URL = string;\nexport interface Headers {\n}\ntype Hidden = 1;\n";
  const code = "export declare const a: URL | Headers | Hidden;\n";
  writeFileSync(join(folder, "platform.d.ts"), platform);
  for (const name of ["one.d.ts", "a/two.d.ts", "a/b/three.d.ts", "four.js", "five.ts"])
    writeFileSync(join(folder, name), code);
  makePortable(folder);
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  for (const [name, path] of [
    ["one.d.ts", "./platform.js"],
    ["a/two.d.ts", "../platform.js"],
    ["a/b/three.d.ts", "../../platform.js"],
  ] as const)
    assert.equal(read(name), `import type { Headers, URL } from "${path}";\n${code}`);
  for (const name of ["four.js", "five.ts"]) assert.equal(read(name), code);
  assert.equal(read("platform.d.ts"), platform);
});
