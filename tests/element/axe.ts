// axe-core in a page, and what a page looks like to people who set up their browser.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../support/paths.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(root, ".cache", "pictures", "element");

export const loadAxe = (page: Page) => page.evaluate(axe);

/** @param rules turned off */
export function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  return page.evaluate(async (off) => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({
      rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, rules);
}

/** Pixels by which the page is wider than the screen. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** With HONNIN_PICTURES=1, puts a picture of the page into .cache/pictures/element. */
export async function takePicture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env.HONNIN_PICTURES !== "1") return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}
