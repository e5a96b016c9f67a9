import { html } from "../html.ts";
import type { Texts } from "../texts/index.ts";
import { fill, find } from "./dom.ts";

/** What is done with what somebody chose or dropped. */
export interface Chosen {
  readonly onFile: (file: File) => void;
  /** Several at once: none of them is taken. */
  readonly onSeveral: () => void;
}

/** A place to choose a file or to drop one. What is chosen stays in the browser. */
export function wirePicker(root: HTMLElement, { onFile, onSeveral }: Chosen): void {
  const input = find<HTMLInputElement>(root, "input[type=file]");
  const place = find(root, "[data-picker]");
  const take = (files: FileList | undefined | null) => {
    const [file, another] = files ?? [];
    if (another !== undefined) onSeveral();
    else if (file !== undefined) onFile(file);
  };
  // Or choosing the same file again, which may have changed, would change nothing.
  input.addEventListener("click", () => {
    input.value = "";
  });
  input.addEventListener("change", () => take(input.files));
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
    take(event.dataTransfer?.files);
  });
}

/** Beside a picker, the browser would open a dropped file in place of the page. */
export function refuseStrayFiles(): void {
  for (const name of ["dragover", "drop"] as const) {
    addEventListener(name, (event) => {
      const { dataTransfer } = event;
      if (event.defaultPrevented || dataTransfer === null || !dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      dataTransfer.dropEffect = "none";
    });
  }
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
