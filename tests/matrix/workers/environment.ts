import type { Environment } from "../environment.ts";
import { visit } from "../visit.ts";

export default [
  {
    name: "workers",
    title: "Workers of a page, with Vite 8",
    files: new URL("./", import.meta.url),
    packages: { vite: "8.4.0" },
    async run(project, place) {
      const vite = project.bin("vite");
      await project.runNode([vite, "build"]);
      const preview = [vite, "preview", "--port={port}", "--host=127.0.0.1"];
      await project.serve(preview, async ({ origin }) => {
        await place("Web Worker", "worker", () => visit(`${origin}/web-worker.html`));
        await place("Service Worker", "worker", () => visit(`${origin}/service-worker.html`));
      });
    },
  },
] satisfies Environment[];
