import { html } from "../html.ts";
import type { Texts } from "../texts/index.ts";
import { fill, find } from "./dom.ts";

/** Callbacks for chosen or dropped files. */
export interface Chosen {
  readonly onFile: (file: File) => void;
  /** Called for several files at once. None of them is used. */
  readonly onSeveral: () => void;
}

/** A place to choose or drop a file. The file stays in the browser. */
export function wirePicker(root: HTMLElement, { onFile, onSeveral }: Chosen): void {
  const input = find<HTMLInputElement>(root, "input[type=file]");
  const place = find(root, "[data-picker]");
  const take = (files: FileList | undefined | null) => {
    const [file, another] = files ?? [];
    if (another !== undefined) onSeveral();
    else if (file !== undefined) onFile(file);
  };
  // Otherwise, choosing the same file again, which may have changed, would cause no event.
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

/** Outside a picker, the browser would open a dropped file instead of the page. */
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

/** Shows the chosen file. */
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
