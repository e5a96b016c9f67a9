// The element in React, Vue and Svelte, as the guide shows it: the declarations compile, and the pages work.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import type { Browser } from "playwright-core";
import { compile } from "svelte/compiler";
import { launchChromium } from "../support/chromium.ts";
import { root } from "../support/paths.ts";
import { FakeSite } from "./fake-handoff.ts";

const folder = fileURLToPath(new URL("frameworks/", import.meta.url));

const svelte: Plugin = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      const { js } = compile(readFileSync(path, "utf8"), { filename: path, generate: "client" });
      return { contents: js.code, loader: "js" };
    });
  },
};

const pages: Record<string, BuildOptions> = {
  react: { entryPoints: [join(folder, "react/page.tsx")], jsx: "automatic" },
  vue: { entryPoints: [join(folder, "vue/page.tsx")], jsx: "automatic", jsxImportSource: "vue" },
  svelte: {
    stdin: {
      contents:
        'import { mount } from "svelte"; import Page from "./Page.svelte"; mount(Page, { target: document.querySelector("#root") });',
      resolveDir: join(folder, "svelte"),
    },
    plugins: [svelte],
    conditions: ["svelte", "browser"],
  },
};

test("the guide has the declaration for React in both languages", () => {
  const page = readFileSync(join(folder, "react", "page.tsx"), "utf8");
  const [declaration] = /^type Props[\s\S]*?^}$/m.exec(page) ?? assert.fail();
  for (const guide of ["guide-login.md", "guide-login.ja.md"])
    assert.ok(readFileSync(join(root, "docs", guide), "utf8").includes(declaration), guide);
});

let site: FakeSite;
let browser: Browser;

before(async () => {
  site = await new FakeSite().listen();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});

for (const [name, options] of Object.entries(pages)) {
  test(`${name}: the declaration of the guide compiles, and refuses what is wrong`, () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", join(folder, name)], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
  });

  test(`${name}: the element works, and the page hears its events`, async () => {
    const { outputFiles = [] } = await build({
      bundle: true,
      splitting: true,
      format: "esm",
      minify: true,
      write: false,
      outdir: `/${name}`,
      entryNames: "page",
      logLevel: "error",
      define: {
        "process.env.NODE_ENV": '"production"',
        __VUE_OPTIONS_API__: "false",
        __VUE_PROD_DEVTOOLS__: "false",
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
      },
      ...options,
    });
    for (const { path, text } of outputFiles) site.page(path, text, "text/javascript; charset=utf-8");
    site.page(
      `/${name}`,
      `<!doctype html><title>${name}</title><div id="root"></div><script type="module" src="/${name}/page.js"></script>`,
    );
    site.reset();
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`${site.origin}/${name}`);
    await page.locator("honnin-login.login [part=qr]").waitFor();
    assert.deepEqual(JSON.parse(site.last("/auth/handoff")?.body ?? ""), { returnTo: "/account" });
    assert.equal(site.starts, 1);
    for (const state of ["scanned", "authorizing"]) {
      site.go(state);
      await page.locator("output").filter({ hasText: state }).waitFor();
    }
    const sign = page
      .locator("honnin-sign")
      .first()
      .getByRole("button", { name: "Sign with My Number Card" });
    await sign.click();
    await page.waitForURL("**/auth/sign");
    assert.equal(new URLSearchParams(site.last("/auth/sign")?.body).get("document"), "contract");
    assert.deepEqual(errors, []);
    await page.close();
  });
}
