// A visit to a page in a real browser, and what only layout can show.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

export const screens = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  computer: { viewport: { width: 1280, height: 900 } },
} as const;

export interface Visit {
  readonly page: Page;
  /** What the browser complained about: policy violations, failed scripts and files. */
  readonly complaints: readonly string[];
}

export async function openPage(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
): Promise<Visit> {
  const context = await browser.newContext({ locale: "ja-JP", ...options });
  context.setDefaultTimeout(20_000);
  // What the tests' compiler puts around functions with a name, those that go to the page included.
  await context.addInitScript("globalThis.__name ??= (value) => value;");
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    // A refusal has a status of its own, which the console reports as well.
    if (message.type() === "error" && !/status of (4\d\d|502)/.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Pixels by which a page is wider than the screen. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Texts as drawn that differ too little from what is behind them (WCAG 2.2, 1.4.3): 4.5, and 3 for large ones. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = numbers(colour).map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return "rgb(255, 255, 255)";
      const colour = getComputedStyle(element).backgroundColor;
      return numbers(colour)[3] === 0 ? behind(element.parentElement) : colour;
    };
    const faint: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const words = text.map((node) => node.textContent?.trim() ?? "").join("");
      if (words === "" || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        continue;
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const [light = 0, dark = 0] = [luminance(color), luminance(behind(element))].sort((a, b) => b - a);
      const size = Number.parseFloat(fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${words}`);
    }
    return faint;
  });
}
