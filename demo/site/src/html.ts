/** Text that is already HTML. Only {@link html} creates it, so that no text gets on a page unescaped by accident. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Content of a template: text is escaped, `Html` is not, `null`, `undefined` and `false` are omitted. */
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

/** A template of HTML. Put attribute values in double quotes. The caller must check URLs. */
export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  const parts = strings.map(
    (string, index) => string + (index < contents.length ? render(contents[index]) : ""),
  );
  return new Html(parts.join(""));
}
