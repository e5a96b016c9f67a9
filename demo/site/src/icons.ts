import type { StepStatus } from "honnin";
import { type Html, html } from "./html.ts";

// Decoration: there is always a word next to it, so it is hidden from screen readers.
function icon(name: string, shapes: Html): Html {
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes}</svg>`;
}

/** Three different shapes, so that they differ without colour. */
export const statusIcons: Readonly<Record<StepStatus, Html>> = {
  passed: icon(
    "passed",
    html`<circle cx="10" cy="10" r="9" fill="currentColor"/><path class="mark" d="m5.8 10.4 2.9 2.9 5.6-6.2"/>`,
  ),
  failed: icon(
    "failed",
    html`<path d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z" fill="currentColor"/><path class="mark" d="m6.8 6.8 6.4 6.4m0-6.4-6.4 6.4"/>`,
  ),
  skipped: icon(
    "skipped",
    html`<circle cx="10" cy="10" r="8" class="outline"/><path class="line" d="M6 10h8"/>`,
  ),
};

export const cardIcon = icon(
  "card",
  html`<rect x="1.5" y="4" width="17" height="12" rx="2" class="outline"/><circle cx="6.5" cy="9" r="1.8" fill="currentColor"/><path class="line" d="M4 13h5m3-5h4m-4 3h4"/>`,
);

export const warningIcon = icon(
  "warning",
  html`<path class="outline" d="M10 2.2 18.6 17H1.4z"/><path class="line" d="M10 7.5v4.2m0 2.4v.4"/>`,
);

export const fileIcon = icon(
  "file",
  html`<path class="outline" d="M4.5 1.8h7l4 4v12.4h-11z"/><path class="line" d="M11.5 1.8v4h4M7.5 10h5m-5 3.4h5"/>`,
);
