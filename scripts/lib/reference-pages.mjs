// The pages of the reference: Markdown for each entry of the package, from API Extractor's model of its types.

const kinds = [
  ["Function", "Functions"],
  ["Variable", "Values"],
  ["Class", "Classes"],
  ["Interface", "Interfaces"],
  ["TypeAlias", "Types"],
];

/** Removes the number that API Extractor adds to the name of a global type. */
export const plainName = (name) => name.replace(/_\d+$/, "");

/** The anchor of a heading on GitHub. */
const anchor = (name) => name.toLowerCase();

/** The text of a doc comment, without its stars. */
function commentText(comment) {
  return comment
    .trim()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^ *\* ?/, ""))
    .join("\n")
    .replace(/^\n+|\s+$/g, "");
}

/** Converts links: to a link if this page has the name, otherwise to the name alone. */
function linked(text, names) {
  return text.replace(/\{@link ([\w.]+)\}/g, (_, target) => {
    const [name] = target.split(".");
    return names.has(name) ? `[\`${target}\`](#${anchor(name)})` : `\`${target}\``;
  });
}

const blocks = { returns: "Returns", throws: "Throws", example: "Example" };

/** A doc comment as Markdown. */
function prose(comment, names) {
  const text = commentText(comment).replace(/^@packageDocumentation$/gm, "");
  const [summary, ...rest] = text.split(/^(?=@(?:param|returns|throws|example)\b)/m);
  const parts = rest.map((block) => {
    const [, tag, body] = /^@(\w+)\s*([\s\S]*)$/.exec(block);
    if (tag !== "param") return `**${blocks[tag]}**${body.startsWith("```") ? "\n\n" : ": "}${body}`;
    const [, name, what] = /^(\w+)\s*-?\s*([\s\S]*)$/.exec(body);
    return `**\`${name}\`**: ${what}`;
  });
  return linked([summary, ...parts].map((part) => part.trim()).join("\n\n"), names);
}

const signature = ({ excerptTokens }) =>
  excerptTokens
    .map(({ text }) => text)
    .join("")
    .replace(/^export (declare )?/, "")
    .trim();

/** Doc comment and signature of a member, as a list's item. */
function item(member, names) {
  const comment =
    member.docComment === "" ? "" : `: ${prose(member.docComment, names).replace(/\n+/g, "\n  ")}`;
  const code = signature(member).replace(/;$/, "").replace(/\s+/g, " ");
  return `- \`${code}\`${comment}`;
}

/** The declaration of a type with the comments of its members, which the model does not contain. */
function declaredType(name, source) {
  const lines = source.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^(?:export )?(?:declare )?type ${name}\\b`).test(line));
  const end = lines.findIndex((line, at) => at >= start && /^\S.*;$/.test(line));
  return lines
    .slice(start, end + 1)
    .join("\n")
    .replace(/^export (declare )?/, "");
}

function section(name, overloads, names, sourceOf) {
  const [first] = overloads;
  const documented = overloads.find(({ docComment }) => docComment !== "");
  const members = (first.members ?? []).map((member) => item(member, names));
  const code =
    first.kind === "TypeAlias"
      ? declaredType(name, sourceOf(first.fileUrlPath))
      : overloads.map(signature).join("\n");
  return [
    `### ${name}`,
    `\`\`\`ts\n${code}\n\`\`\``,
    prose(documented?.docComment ?? "", names),
    members.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/**
 * The page of an entry.
 *
 * @param model what API Extractor wrote as `*.api.json`
 * @param sourceOf gives the text of a file of types, by its path in the package
 */
export function referencePage(entry, model, sourceOf) {
  const [{ members }] = model.members;
  const byName = groupByName(members);
  const names = new Set(byName.keys());
  const sections = kinds.flatMap(([kind, title]) => {
    const those = [...byName].filter(([, [{ kind: is }]]) => is === kind);
    if (those.length === 0) return [];
    return [`## ${title}`, ...those.map(([name, overloads]) => section(name, overloads, names, sourceOf))];
  });
  const intro = prose(model.docComment ?? "", names);
  return `${[`# ${entry}`, "Made by `npm run reference` from the types. Do not edit.", intro, ...sections]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

function groupByName(members) {
  const groups = new Map();
  for (const member of members) {
    const name = plainName(member.name);
    groups.set(name, [...(groups.get(name) ?? []), member]);
  }
  return groups;
}
