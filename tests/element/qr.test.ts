// The QR code as a camera sees it: small, out of focus, at an angle, on a dark page; read by two decoders that share no code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { launchChromium } from "../support/chromium.ts";
import { readQr } from "../support/qr.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite } from "./pages.ts";

let site: FakeSite;
let browser: Browser;

before(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  // Otherwise it would be fetched from another host.
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  site = await elementSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await site.close();
});

async function readWithZxing(png: Buffer): Promise<string> {
  const [found] = await readBarcodes(new Uint8Array(png), { formats: ["QRCode"], tryHarder: true });
  if (found === undefined) throw new Error("zxing sees no QR code");
  return found.text;
}

/** What the camera does to the picture, as CSS of another page. */
const cameras: [string, string, number][] = [
  ["as it is", "", 1],
  ["out of focus", "filter:blur(1.1px)", 2],
  ["from the side", "transform:perspective(500px) rotateY(28deg) rotateX(12deg)", 2],
  ["turned", "transform:rotate(17deg)", 2],
  [
    "turned, from the side, out of focus and pale",
    "transform:perspective(700px) rotateX(22deg) rotate(-12deg);filter:blur(.7px) contrast(.55) brightness(.9)",
    2,
  ],
];

async function photograph(page: Page, code: Buffer, style: string, scale: number): Promise<Buffer> {
  const side = 160 * scale;
  await page.setContent(
    `<!doctype html><body style="margin:0;background:#777;display:grid;place-items:center;block-size:100vh">` +
      `<img alt="" style="inline-size:${side}px;${style}" src="data:image/png;base64,${code.toString("base64")}">`,
  );
  await page.locator("img").evaluate((image) => (image as HTMLImageElement).decode());
  return page.screenshot();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the code is read at 160 CSS pixels on a ${colorScheme} page, as cameras see it`, async () => {
    site.reset();
    const context = await browser.newContext({ colorScheme, viewport: { width: 600, height: 600 } });
    const page = await context.newPage();
    await page.goto(`${site.origin}/ja`);
    await page.evaluate(() =>
      document.querySelector("honnin-login")?.style.setProperty("--honnin-qr-size", "160px"),
    );
    await page.locator("honnin-login").getByRole("button").click();
    const code = page.locator("honnin-login [part=qr]");
    await code.waitFor();
    assert.equal((await code.boundingBox())?.width, 160);
    const png = await code.screenshot();
    assertQuietZone(png);
    for (const [name, style, scale] of cameras) {
      const photo = await photograph(page, png, style, scale);
      assert.equal(readQr(photo), site.urlOf(1), `jsqr, ${name}`);
      assert.equal(await readWithZxing(photo), site.urlOf(1), `zxing, ${name}`);
    }
    await context.close();
  });
}

/** Four modules of white on every side: with 45 modules in 160 pixels, these are 14 pixels; the corners are rounded. */
function assertQuietZone(png: Buffer): void {
  const { data, width, height } = PNG.sync.read(png);
  let darkest = 255;
  for (let y = 4; y < height - 4; y += 1) {
    for (let x = 4; x < width - 4; x += 1) {
      if (x >= 13 && x < width - 13 && y >= 13 && y < height - 13) continue;
      darkest = Math.min(darkest, data[(y * width + x) * 4] ?? 0);
    }
  }
  assert.equal(darkest, 255);
}

test("with forced colours, the code stays black on white", async () => {
  site.reset();
  const context = await browser.newContext({ forcedColors: "active", colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(`${site.origin}/ja/autostart`);
  const code = page.locator("honnin-login [part=qr]");
  await code.waitFor();
  const png = await code.screenshot();
  assertQuietZone(png);
  assert.equal(readQr(png), site.urlOf(1));
  assert.equal(await readWithZxing(png), site.urlOf(1));
  await context.close();
});
