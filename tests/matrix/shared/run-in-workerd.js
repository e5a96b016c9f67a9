// Runs a deployed folder as Cloudflare does: JavaScript and WebAssembly as modules.
import { Miniflare } from "miniflare";

const miniflare = new Miniflare({
  scriptPath: process.argv[2],
  modules: true,
  modulesRules: [
    { type: "ESModule", include: ["**/*.js", "**/*.mjs"] },
    { type: "CompiledWasm", include: ["**/*.wasm", "**/*.wasm?module"] },
  ],
  compatibilityDate: "2026-04-01",
  compatibilityFlags: process.argv.slice(3),
  port: Number(process.env.PORT),
});
await miniflare.ready;
