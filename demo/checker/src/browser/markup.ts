// What a page offers: its forms, where it sends its visitor, its words.
import { type DefaultTreeAdapterTypes, parse } from "parse5";

export interface Form {
  readonly method: "GET" | "POST";
  readonly action: URL;
  /** The fields that a browser would send, with the first button. */
  readonly fields: URLSearchParams;
  /** The texts of its buttons, to choose a form by. */
  readonly label: string;
}

export interface Markup {
  readonly forms: readonly Form[];
  /** The target of `<meta http-equiv="refresh">`. */
  readonly refresh: URL | undefined;
  /** What a person could read. */
  readonly text: string;
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const MAX_FORMS = 50;
const unseen = new Set(["script", "style", "template", "noscript", "head"]);

export function isHtml(contentType: string): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
}

export function readMarkup(text: string, contentType: string, url: URL): Markup {
  if (!isHtml(contentType)) return { forms: [], refresh: undefined, text };
  const root = parse(text);
  let base = url;
  let refresh: URL | undefined;
  const forms: Form[] = [];
  const pieces: string[] = [];
  for (const node of walk(root)) {
    if ("tagName" in node) {
      const href = attribute(node, "href");
      if (node.tagName === "base" && href !== undefined) base = resolve(href, url) ?? base;
      if (node.tagName === "meta") refresh ??= refreshOf(node, base);
      if (node.tagName === "form" && forms.length < MAX_FORMS) {
        const form = formOf(node, base, url);
        if (form !== undefined) forms.push(form);
      }
    } else if ("value" in node && !hidden(node)) pieces.push(node.value);
  }
  return { forms, refresh, text: pieces.join(" ") };
}

/** All nodes, without recursion: a page may be nested as deeply as it likes. */
function* walk(root: Node): Generator<Node> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (!("childNodes" in node)) continue;
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) {
      const child = node.childNodes[at];
      if (child !== undefined) waiting.push(child);
    }
  }
}

function hidden(node: DefaultTreeAdapterTypes.TextNode): boolean {
  const parent = node.parentNode;
  return parent !== null && "tagName" in parent && unseen.has(parent.tagName);
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

function resolve(address: string, base: URL): URL | undefined {
  try {
    const url = new URL(address, base);
    return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
  } catch {
    return undefined;
  }
}

function refreshOf(meta: Element, base: URL): URL | undefined {
  if (!/^refresh$/i.test(attribute(meta, "http-equiv") ?? "")) return undefined;
  const target = /^\s*\d+(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]+)/i.exec(
    attribute(meta, "content") ?? "",
  );
  return target?.[1] === undefined ? undefined : resolve(target[1].trim(), base);
}

function formOf(form: Element, base: URL, page: URL): Form | undefined {
  const action = resolve(attribute(form, "action") || page.href, base);
  if (action === undefined) return undefined;
  const fields = new URLSearchParams();
  const labels: string[] = [];
  let pressed = false;
  for (const node of walk(form)) {
    if (!("tagName" in node) || attribute(node, "disabled") !== undefined) continue;
    const [name, type] = [attribute(node, "name") ?? "", (attribute(node, "type") ?? "").toLowerCase()];
    const isButton =
      (node.tagName === "button" && type !== "button" && type !== "reset") ||
      (node.tagName === "input" && (type === "submit" || type === "image"));
    if (isButton) {
      labels.push(textOf(node) || (attribute(node, "value") ?? ""));
      if (!pressed && name !== "") fields.append(name, attribute(node, "value") ?? "");
      pressed = true;
    } else if (name !== "" && node.tagName === "input" && !["button", "reset", "file"].includes(type)) {
      const chosen = (type !== "checkbox" && type !== "radio") || attribute(node, "checked") !== undefined;
      if (chosen) fields.append(name, attribute(node, "value") ?? (type === "checkbox" ? "on" : ""));
    } else if (name !== "" && node.tagName === "textarea") fields.append(name, textOf(node));
    else if (name !== "" && node.tagName === "select") {
      const options = [...walk(node)].filter(
        (one): one is Element => "tagName" in one && one.tagName === "option",
      );
      const option = options.find((one) => attribute(one, "selected") !== undefined) ?? options[0];
      if (option !== undefined) fields.append(name, attribute(option, "value") ?? textOf(option));
    }
  }
  const method = /^post$/i.test(attribute(form, "method") ?? "") ? "POST" : "GET";
  return { method, action, fields, label: labels.join(" / ") };
}

function textOf(element: Element): string {
  return [...walk(element)]
    .flatMap((node) => ("value" in node ? [node.value] : []))
    .join("")
    .trim();
}
