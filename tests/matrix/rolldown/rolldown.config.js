export default [
  {
    input: "page.js",
    platform: "browser",
    output: { dir: "site" },
    // Copies the files that `new URL("…", import.meta.url)` names.
    experimental: { resolveNewUrlToAsset: true },
  },
  { input: "server.js", platform: "node", output: { dir: "server" } },
];
