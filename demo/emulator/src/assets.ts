import { readFileSync } from "node:fs";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const names = ["style.css", "icon.svg", "poll.js", "return.js", "copy.js"];

/** The files that pages refer to, by path; read once. */
export const assets: ReadonlyMap<string, { readonly type: string; readonly body: Buffer }> = new Map(
  names.map((name) => [
    `/assets/${name}`,
    {
      type: types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
      body: readFileSync(new URL(`./assets/${name}`, import.meta.url)),
    },
  ]),
);
