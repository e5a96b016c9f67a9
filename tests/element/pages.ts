// Pages with the element, as a site would write them: bundled once, with the encoder of QR codes in its own file.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { FakeSite } from "./fake-handoff.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The files of a bundle, by path. */
export async function bundle(
  contents: string,
  more: Parameters<typeof build>[0] = {},
): Promise<Map<string, string>> {
  const { outputFiles = [] } = await build({
    stdin: { contents, resolveDir: folder, loader: "tsx", sourcefile: "page.tsx" },
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    write: false,
    outdir: "/js",
    entryNames: "page",
    logLevel: "error",
    charset: "utf8",
    define: { "process.env.NODE_ENV": '"production"' },
    ...more,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/** The site with the element's bundle and pages for it in both languages: `/ja`, `/en/plain`, … */
export async function elementSite(): Promise<FakeSite> {
  const site = await new FakeSite().listen();
  for (const [path, text] of await bundle('import "honnin/element";'))
    site.page(path, text, "text/javascript; charset=utf-8");
  site.page("/page.css", pageStyle, "text/css");
  for (const lang of ["ja", "en"]) {
    for (const [name, content] of Object.entries(contents))
      site.page(`/${lang}${name}`, pageWith(content, { lang }));
  }
  site.page("/ja/late", pageWith(contents["/plain"] ?? "", { script: "/none.js" }));
  site.page("/none.js", "", "text/javascript");
  return site;
}

const fallback = '<a href="/auth/login?return_to=%2Faccount">ログイン</a>';
const login = `<honnin-login return-to="/account" scopes="name address" handoff="/auth/handoff">${fallback}</honnin-login>`;
const contents: Record<string, string> = {
  "": login,
  "/two": `${login}\n${login}`,
  "/plain": `<honnin-login return-to="/account">${fallback}</honnin-login>`,
  "/autostart": `<honnin-login handoff="/auth/handoff" autostart>${fallback}</honnin-login>`,
  "/sign": `<honnin-sign return-to="/signed"><form method="post" action="/auth/sign">
<input type="hidden" name="plan" value="a"><button>署名</button></form></honnin-sign>`,
};

/** A page in the manner of the demo: dark where the system is. */
export function pageWith(content: string, { lang = "ja", script = "/js/page.js" } = {}): string {
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>test</title>
<link rel="stylesheet" href="/page.css"><script type="module" src="${script}"></script></head>
<body><main><h1>${lang === "ja" ? "会員ページ" : "Members"}</h1>
${content}
</main></body></html>`;
}

export const pageStyle = `:root{color-scheme:light dark;--ground:#f6f5f1;--ink:#1f2a2e}
@media (prefers-color-scheme:dark){:root{--ground:#12191b;--ink:#e7ecec}}
body{margin:0;background:var(--ground);color:var(--ink);font-family:system-ui,"Noto Sans CJK JP",sans-serif}
main{max-width:46rem;margin-inline:auto;padding:1.5rem 1rem}`;

/** Prevents everything that the element must do without. */
export const strictPolicy = {
  "content-security-policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
};
