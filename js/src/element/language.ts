export type Language = "ja" | "en";

/** The language of the nearest `lang` attribute, also across shadow trees; Japanese unless it is English. */
export function languageAt(element: Element): Language {
  for (let node: Node | null = element; node !== null; node = node.parentNode ?? hostOf(node)) {
    const value = node instanceof Element ? node.getAttribute("lang") : null;
    if (value !== null && value !== "") return /^en(-|$)/i.test(value) ? "en" : "ja";
  }
  return "ja";
}

function hostOf(node: Node): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}
