import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  optimizeDeps: { exclude: ["honnin"] },
  // Puts honnin into the server's own files.
  ssr: { noExternal: mode === "whole" ? true : [] },
}));
