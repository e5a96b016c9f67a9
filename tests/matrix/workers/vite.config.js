import { defineConfig } from "vite";

export default defineConfig({
  build: {
    rollupOptions: {
      input: {
        web: "web-worker.html",
        service: "service-worker.html",
        // A Service Worker needs a name that stays the same.
        "service-worker": "service-worker.js",
      },
      output: {
        entryFileNames: ({ name }) => (name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
