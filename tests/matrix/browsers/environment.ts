import { existsSync } from "node:fs";
import type { Browser } from "../../browsers/browser.ts";
import * as chromium from "../../browsers/chromium.ts";
import * as firefox from "../../browsers/firefox.ts";
import * as webkit from "../../browsers/webkit.ts";
import { serveStatic } from "../../support/static-server.ts";
import { type Environment, NotPossible } from "../environment.ts";
import { visitIn } from "../visit.ts";

interface Engine {
  readonly isInstalled: boolean;
  launch(): Promise<Browser>;
}

const engines: Record<string, Engine> = {
  Chromium: { isInstalled: existsSync(process.env.HONNIN_CHROMIUM || "/usr/bin/chromium"), ...chromium },
  Firefox: firefox,
  WebKit: webkit,
};

/** What a site may allow, from little to nothing of honnin's verification. */
const policies = {
  "policy: own origin and WebAssembly": "default-src 'self' 'wasm-unsafe-eval'",
  "policy: the same by name, with Trusted Types":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  "policy: own origin, no WebAssembly": "default-src 'self'",
};

export default [
  {
    name: "browsers",
    title: "Browsers",
    files: new URL("./", import.meta.url),
    packages: { esbuild: "0.28.2" },
    version: "Chromium, Firefox ESR, WebKitGTK as installed",
    async run(project, place) {
      await project.runNode(["build.js"]);
      for (const [name, engine] of Object.entries(engines)) {
        const browser = engine.isInstalled ? await engine.launch() : undefined;
        const visit = async (file: string, policy?: string) => {
          if (browser === undefined) throw new NotPossible(`${name} was not found`);
          const headers = policy === undefined ? {} : { "content-security-policy": policy };
          const server = await serveStatic({ site: project.folder }, headers);
          try {
            return await visitIn(browser, `${server.origin}/site/${file}`);
          } finally {
            await server.close();
          }
        };
        try {
          await place(`${name}, <script type="module">`, "page", () => visit("plain.html"));
          for (const [title, policy] of Object.entries(policies))
            await place(
              `${name}, ${title}`,
              title.endsWith("no WebAssembly") ? "no WebAssembly" : "page",
              () => visit("dist/bundled.html", policy),
            );
        } finally {
          await browser?.close();
        }
      }
    },
  },
] satisfies Environment[];
