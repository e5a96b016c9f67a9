import { HonninError } from "../error.js";
import { drawModules } from "./qr-modules.js";

/** Colours and label of a QR code. */
export interface QrOptions {
  /** The accessible name. Default `QRコード (QR code)`. */
  readonly label?: string | undefined;
  /** The colour of the modules, as `#rgb` or `#rrggbb`. Default `#000000`. */
  readonly dark?: string | undefined;
  /** The colour of the background, as `#rgb` or `#rrggbb`. Default `#ffffff`. */
  readonly light?: string | undefined;
}

const leastContrast = 4.5;

/**
 * Draws a QR code (ISO/IEC 18004) as an SVG document for inline use: error correction level M, a quiet zone of four
 * modules, its own background so that it scans in dark mode too, and `role="img"` with a name. It has a `viewBox` but
 * no size: set the size with CSS, at least 3 CSS pixels per module.
 *
 * @param text at most 2,331 bytes of UTF-8
 * @throws HonninError `options-invalid`: the text is empty or too long, or the colours do not scan
 *
 * @example
 * ```ts
 * import { qrSvg } from "honnin/launch";
 *
 * const svg = qrSvg("https://shop.example/auth/login", { label: "スマートフォンで読み取る" });
 * console.log(svg.startsWith("<svg"));
 * ```
 */
export function qrSvg(text: string, options: QrOptions = {}): string {
  const label = escapeXml(options.label ?? "QRコード (QR code)");
  const dark = readColour("dark", options.dark ?? "#000000");
  const light = readColour("light", options.light ?? "#ffffff");
  if ((light.luminance + 0.05) / (dark.luminance + 0.05) < leastContrast) {
    throw new HonninError(
      "options-invalid",
      `dark must be darker than light, with a contrast of at least ${leastContrast}, so that scanners can read the code.`,
    );
  }
  const { size, path } = drawModules(text);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" ` +
    `shape-rendering="crispEdges"><title>${label}</title>` +
    `<rect width="${size}" height="${size}" fill="${light.hex}"/><path d="${path}" fill="${dark.hex}"/></svg>`
  );
}

function readColour(name: string, value: string): { hex: string; luminance: number } {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
  const hex =
    short === null
      ? value
      : `#${[...short]
          .slice(1)
          .map((digit) => digit + digit)
          .join("")}`;
  if (typeof value !== "string" || !/^#[0-9a-f]{6}$/i.test(hex)) {
    throw new HonninError("options-invalid", `${name} must be a colour of the form #rgb or #rrggbb.`);
  }
  // Relative luminance (WCAG 2.2).
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return { hex, luminance: 0.2126 * red + 0.7152 * green + 0.0722 * blue };
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
