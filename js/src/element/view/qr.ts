import { svg } from "./dom.js";

/**
 * A QR code with its quiet zone. Its encoder is loaded here, because only a computer needs it.
 *
 * @param label the accessible name
 */
export async function drawQr(text: string, label: string): Promise<SVGSVGElement> {
  const { drawModules } = await import("../../launch/qr-modules.js");
  const { size, path } = drawModules(text);
  const side = String(size);
  return svg(
    "svg",
    {
      part: "qr",
      viewBox: `0 0 ${side} ${side}`,
      role: "img",
      "aria-label": label,
      "shape-rendering": "crispEdges",
    },
    svg("rect", { width: side, height: side, fill: "#fff" }),
    svg("path", { d: path, fill: "#000" }),
  );
}
