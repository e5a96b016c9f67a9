import type { Environment } from "../environment.ts";
import { visit } from "../visit.ts";

const environment = (major: string, vite: string): Environment => ({
  name: `vite-${major}`,
  title: `Vite ${major}`,
  files: new URL("./", import.meta.url),
  packages: { vite },
  async run(project, place) {
    const vite = project.bin("vite");
    const listen = ["--port={port}", "--host=127.0.0.1"];
    await place("page, dev", "page", () =>
      project.serve([vite, ...listen], ({ origin }) => visit(`${origin}/`)),
    );
    await place("page, build", "page", async () => {
      await project.runNode([vite, "build"]);
      return project.serve([vite, "preview", ...listen], ({ origin }) => visit(`${origin}/`));
    });
    await place("SSR, dev", "server", () => project.readNode(["load-ssr.js"]));
    await place("SSR, build", "server", async () => {
      await project.runNode([vite, "build", "--ssr=ssr.js", "--outDir=ssr"]);
      return project.readNode(["ssr/ssr.js"]);
    });
    await place("SSR, build with ssr.noExternal", "server", async () => {
      await project.runNode([vite, "build", "--ssr=ssr.js", "--outDir=whole", "--mode=whole"]);
      return project.elsewhere(["whole"], (copy) => copy.readNode(["ssr.js"]));
    });
  },
});

export default [
  environment("5", "5.4.21"),
  environment("6", "6.4.6"),
  environment("7", "7.3.8"),
  environment("8", "8.4.0"),
];
