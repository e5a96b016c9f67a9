import { defineNitroConfig } from "nitropack/config";

export default defineNitroConfig({
  srcDir: ".",
  compatibilityDate: "2026-04-01",
  experimental: { wasm: true },
  // Vercel's edge runtime does not compile WebAssembly from bytes.
  wasm: { esmImport: true, lazy: false },
});
