import { build } from "esbuild";

await build({
  entryPoints: ["worker.js"],
  bundle: true,
  format: "esm",
  outfile: "dist/worker.js",
  conditions: ["workerd", "worker"],
  external: ["*.wasm", "cloudflare:*"],
});
