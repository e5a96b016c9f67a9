import { build } from "esbuild";

await build({
  entryPoints: ["bundled.js"],
  bundle: true,
  format: "esm",
  splitting: true,
  outdir: "dist",
  loader: { ".wasm": "file" },
  publicPath: "/site/dist/",
});
