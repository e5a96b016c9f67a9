import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../src/styles/tokens.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");

function colours(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Foreground, background, and the least ratio: 4.5 for text, 3 for what only has to be seen (WCAG 2.2, 1.4.3 and 1.4.11). */
const pairs: readonly (readonly [string, string, number])[] = [
  ...["ground", "surface", "accent-soft"].flatMap((on) => [
    ["ink", on, 4.5] as const,
    ["accent", on, 4.5] as const,
  ]),
  ...["ground", "surface"].flatMap((on) =>
    ["muted", "passed", "failed", "skipped"].map((text) => [text, on, 4.5] as const),
  ),
  ...["ground", "surface", "accent-soft", "notice-soft", "failed-soft"].map(
    (on) => ["focus", on, 3] as const,
  ),
  ["muted", "accent-soft", 4.5],
  ["ink", "failed-soft", 4.5],
  ["muted", "failed-soft", 4.5],
  ["failed", "failed-soft", 4.5],
  ["notice", "notice-soft", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-strong", 4.5],
  ["field", "surface", 3],
];

for (const [scheme, block] of [
  ["light", light],
  ["dark", dark],
] as const) {
  test(`colours of the ${scheme} scheme can be told apart`, () => {
    const all = colours(block);
    for (const [foreground, background, least] of pairs) {
      const ratio = contrast(all.get(foreground) ?? "", all.get(background) ?? "");
      assert.ok(ratio >= least, `${foreground} on ${background}: ${ratio.toFixed(2)} < ${least}`);
    }
  });
}
