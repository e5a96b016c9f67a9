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
  "policy: own origin, WebAssembly": "default-src 'self' 'wasm-unsafe-eval'",
  "policy: the same by name, with Trusted Types":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  "policy: own origin, no WebAssembly": "default-src 'self'",
};

const environment = ([name, { isInstalled, launch }]: [string, Engine]): Environment => ({
  name: `browsers-${name.toLowerCase()}`,
  folder: "browsers",
  title: name,
  files: new URL("./", import.meta.url),
  packages: { esbuild: "0.28.2" },
  version: "as installed",
  async run(project, place) {
    await project.runNode(["build.js"]);
    const browser = isInstalled ? await launch() : undefined;
    const visit = async (file: string, policy?: string) => {
      if (browser === undefined) throw new NotPossible("the browser was not found");
      const headers = policy === undefined ? {} : { "content-security-policy": policy };
      const server = await serveStatic({ site: project.folder }, headers);
      try {
        return await visitIn(browser, `${server.origin}/site/${file}`);
      } finally {
        await server.close();
      }
    };
    try {
      await place("a script without a bundler", "page", () => visit("plain.html"));
      for (const [title, policy] of Object.entries(policies)) {
        const extent = title.endsWith("no WebAssembly") ? "no WebAssembly" : "page";
        await place(title, extent, () => visit("bundled.html", policy));
      }
    } finally {
      await browser?.close();
    }
  },
});

export default Object.entries(engines).map(environment);
