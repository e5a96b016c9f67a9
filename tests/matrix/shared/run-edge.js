// Runs a function as Vercel's edge runtime does: with few of Node's modules, and WebAssembly is a module that was compiled before.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SourceTextModule, SyntheticModule } from "node:vm";
import { EdgeRuntime, runServer } from "edge-runtime";

const runtime = new EdgeRuntime({
  extend: (context) => Object.assign(context, { process: { env: {} } }),
  // Neither `eval` nor compiling WebAssembly.
  codeGeneration: { strings: false, wasm: false },
});
const { context } = runtime;
const builtins = new Set(["async_hooks", "assert", "buffer", "events", "util"].map((name) => `node:${name}`));
const modules = new Map();

const given = (values) =>
  new SyntheticModule(
    Object.keys(values),
    function () {
      for (const [name, value] of Object.entries(values)) this.setExport(name, value);
    },
    { context },
  );

async function read(name) {
  if (builtins.has(name)) return given(await import(name));
  if (name.endsWith(".wasm")) return given({ default: await WebAssembly.compile(await readFile(name)) });
  const importModuleDynamically = async (specifier, { identifier }) => start(specifier, identifier);
  return new SourceTextModule(await readFile(name, "utf8"), {
    ...{ identifier: name, context, importModuleDynamically },
    initializeImportMeta: (meta) => {
      meta.url = pathToFileURL(name).href;
    },
  });
}

/** A file of the function, or one of Node's modules that the runtime has; there is nothing else. */
function load(specifier, from) {
  if (!specifier.startsWith(".") && !builtins.has(specifier)) throw new Error(`There is no ${specifier}.`);
  const name = builtins.has(specifier) ? specifier : resolve(dirname(from), specifier);
  if (!modules.has(name)) modules.set(name, read(name));
  return modules.get(name);
}

async function start(specifier, from) {
  const module = await load(specifier, from);
  if (module.status === "unlinked") await module.link((name, { identifier }) => load(name, identifier));
  await module.evaluate();
  return module;
}

const entry = await start(`./${process.argv[2]}`, resolve("entry.js"));
context.handle = entry.namespace.default;
runtime.evaluate("addEventListener('fetch', (event) => event.respondWith(handle(event.request, event)))");
await runServer({ runtime, host: "127.0.0.1", port: Number(process.env.PORT) });
