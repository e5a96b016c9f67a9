import type { Html } from "../html.ts";

/** The element for a selector. Throws if it is missing, because the script then runs on the wrong page. */
export function find<E extends HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (found === null) throw new Error(`there is no ${selector}`);
  return found;
}

/** Inserts the result of `html`, which escapes all text. */
export function fill(element: Element, content: Html | undefined): void {
  element.innerHTML = content?.text ?? "";
}

/** Shows the parts of the page that need this script, and hides the notes about JavaScript. */
export function announceScript(): void {
  for (const note of document.querySelectorAll<HTMLElement>("[data-needs-script]")) note.hidden = true;
  for (const part of document.querySelectorAll<HTMLElement>("[data-with-script]")) part.hidden = false;
}
