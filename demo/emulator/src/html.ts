/** Text that is already HTML. Created by `html`, which escapes its values, and by `trusted`. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  if (value === false || value === undefined) return "";
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** A template of HTML. Every value is escaped, unless it is `Html`. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.map((part, index) => part + render(values[index])).join(""));
}

/** For markup that the program creates, such as an SVG. Never use it for input. */
export function trusted(text: string): Html {
  return new Html(text);
}
