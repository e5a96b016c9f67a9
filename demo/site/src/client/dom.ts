import type { Html } from "../html.ts";

/** The one element of this kind; a page without it is not the page that the script belongs to. */
export function find<E extends HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (found === null) throw new Error(`there is no ${selector}`);
  return found;
}

/** Puts in what `html` made, which escapes all text. */
export function fill(element: Element, content: Html | undefined): void {
  element.innerHTML = content?.text ?? "";
}

/** With this script at work, what needs it appears, and what explains that it is needed goes. */
export function announceScript(): void {
  for (const note of document.querySelectorAll<HTMLElement>("[data-needs-script]")) note.hidden = true;
  for (const part of document.querySelectorAll<HTMLElement>("[data-with-script]")) part.hidden = false;
}
