/** Text that is HTML already. Made by `html` (which escapes what is put in) and by `trusted`. */
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

/** A template of HTML; every value put in is escaped, unless it is `Html` itself. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.map((part, index) => part + render(values[index])).join(""));
}

/** For markup made by the program, such as an SVG; never for anything that was received. */
export function trusted(text: string): Html {
  return new Html(text);
}
