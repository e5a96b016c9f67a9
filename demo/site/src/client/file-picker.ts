import { html } from "../html.ts";
import type { Texts } from "../texts/index.ts";
import { fill, find } from "./dom.ts";

/** A place to choose a file or to drop one. Calls back with each; what is chosen stays in the browser. */
export function wirePicker(root: HTMLElement, onFile: (file: File) => void): void {
  const input = find<HTMLInputElement>(root, "input[type=file]");
  const place = find(root, "[data-picker]");
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) onFile(file);
  });
  for (const name of ["dragenter", "dragover"] as const) {
    place.addEventListener(name, (event) => {
      event.preventDefault();
      place.dataset.over = "";
    });
  }
  place.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) delete place.dataset.over;
  });
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    delete place.dataset.over;
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) onFile(file);
  });
}

/** Shows what was chosen. */
export function showChosen(t: Texts, root: HTMLElement, another: string, file: File): void {
  const { name, size } = t.signature.document;
  const chosen = find(root, "[data-chosen]");
  fill(
    chosen,
    html`<div class="fact"><dt>${name}</dt><dd><span class="value" translate="no">${file.name}</span></dd></div>
<div class="fact"><dt>${size}</dt><dd>${t.signature.bytes(file.size)}</dd></div>`,
  );
  chosen.hidden = false;
  find(root, "[data-choose]").textContent = another;
}
