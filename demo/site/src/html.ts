/** Text that is HTML already. Only {@link html} makes it, so that nothing reaches a page unescaped by accident. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, `Html` is not, nothing and `false` leave no trace. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function render(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escapeText(String(content));
}

/** A template of HTML. Attribute values belong in double quotes; URLs are the caller's to choose. */
export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  const parts = strings.map(
    (string, index) => string + (index < contents.length ? render(contents[index]) : ""),
  );
  return new Html(parts.join(""));
}
