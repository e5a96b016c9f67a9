// Makes the declarations of the package independent of the libraries of the program that uses them: the platform's types come from
// `platform.d.ts`, which also holds without the library `dom` and in every TypeScript from 5.0.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** What the compiler writes, and the name in `platform.d.ts` if that is another one. */
const written = [
  [/\bUint8Array<ArrayBuffer>/g, "ByteArray"],
  [/\bWebAssembly\.Module\b/g, "WebAssemblyModule"],
  [/\bWebAssembly\.Instance\b/g, "WebAssemblyInstance"],
];

const comment = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

/** The declarations of one file, with imports for the names of the platform in them. `platform` is the path of `platform.js`. */
export function portable(text, platform, names) {
  const parts = [];
  const used = new Set();
  let at = 0;
  const take = (code) => {
    let replaced = code;
    for (const [pattern, name] of written) replaced = replaced.replace(pattern, name);
    for (const [word] of replaced.matchAll(/(?<![.\w$"'])[A-Z]\w+(?![\w$"']|\??:)/g))
      if (names.has(word)) used.add(word);
    return replaced;
  };
  for (const { 0: found, index } of text.matchAll(comment)) {
    parts.push(take(text.slice(at, index)), found);
    at = index + found.length;
  }
  parts.push(take(text.slice(at)));
  const line = `import type { ${[...used].sort().join(", ")} } from "${platform}";\n`;
  return (used.size > 0 ? line : "") + parts.join("");
}

/** Rewrites all declarations below a folder that has `platform.d.ts`. */
export function makePortable(folder) {
  const source = readFileSync(join(folder, "platform.d.ts"), "utf8");
  const names = new Set([...source.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name));
  for (const path of readdirSync(folder, { recursive: true })) {
    if (!path.endsWith(".d.ts") || path === "platform.d.ts") continue;
    const file = join(folder, path);
    const up = relative(join(folder, path, ".."), folder)
      .split(sep)
      .join("/");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, portable(text, `${up === "" ? "." : up}/platform.js`, names));
  }
}
