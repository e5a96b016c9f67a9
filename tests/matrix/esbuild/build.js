import { build } from "esbuild";

const lambda = { entryPoints: ["function.js"], bundle: true, platform: "node", target: "node20" };
await build({ ...lambda, format: "esm", outfile: "dist/function.mjs" });
await build({ ...lambda, format: "cjs", outfile: "dist/function.cjs" });

await build({
  entryPoints: ["page.js"],
  bundle: true,
  format: "esm",
  splitting: true,
  outdir: "dist",
  // The modules become files, and `page.js` says where they are.
  loader: { ".wasm": "file" },
  publicPath: "/site/",
});
