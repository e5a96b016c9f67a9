import { svg } from "./dom.js";

// Decoration: there is always a word next to it, so it is hidden from screen readers.
function icon(...shapes: SVGElement[]): SVGSVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    ...shapes,
  );
}

const line = (d: string) => svg("path", { class: "line", d });

/** Neutral: neither the service's logo nor its button. */
export function cardIcon(): SVGSVGElement {
  return icon(
    svg("rect", { class: "line", x: "1.5", y: "4", width: "17", height: "12", rx: "2" }),
    svg("circle", { cx: "6.5", cy: "9", r: "1.8", fill: "currentColor" }),
    line("M4 13h5m3-5h4m-4 3h4"),
  );
}

export function warningIcon(): SVGSVGElement {
  return icon(line("M10 2.2 18.6 17H1.4z"), line("M10 7.5v4.2m0 2.4v.4"));
}
