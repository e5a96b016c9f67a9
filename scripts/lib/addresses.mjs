// The addresses of the project: set once, in the package.json at the root, and copied into the published manifests.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./process.mjs";

const names = ["repository", "homepage", "bugs"];

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** npm accepts an address as a string, or as an object that contains one. */
function urlOf(value) {
  return typeof value === "object" && value !== null ? value.url : value;
}

function checked(name, value) {
  const url = urlOf(value);
  const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "https:" || parsed.username !== "" || parsed.password !== "")
    throw new Failure(`${name} in package.json is not an https address.`);
  return url;
}

/** The addresses that are set, by name: all of them or none. */
export function addressesOf(root) {
  const manifest = readJson(join(root, "package.json"));
  const missing = names.filter((name) => manifest[name] === undefined);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0)
    throw new Failure(`package.json has some of the addresses, but not ${missing.join(", ")}.`);
  return Object.fromEntries(names.map((name) => [name, checked(name, manifest[name])]));
}

const npmManifest = (directory) => (text, addresses) => {
  const { repository: _, homepage: __, bugs: ___, ...rest } = JSON.parse(text);
  if (addresses === undefined) return `${JSON.stringify(rest, null, 2)}\n`;
  const url = `git+${addresses.repository.replace(/(\.git)?\/?$/, "")}.git`;
  const members = Object.entries(rest);
  const after = members.findIndex(([name]) => name === "license") + 1;
  members.splice(
    after,
    0,
    ["repository", { type: "git", url, directory }],
    ["homepage", addresses.homepage],
    ["bugs", { url: addresses.bugs }],
  );
  return `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`;
};

function crateManifest(text, addresses) {
  const [, head, section, rest] = /^([\s\S]*?\[package\]\n)([\s\S]*?)(\n\[[\s\S]*)$/.exec(text) ?? [];
  if (section === undefined) throw new Failure("A Cargo.toml has no [package] with a section after it.");
  const lines = section.split("\n").filter((line) => !/^(repository|homepage)\b/.test(line));
  if (addresses !== undefined) {
    const after = lines.findIndex((line) => /^license\b/.test(line)) + 1;
    const own = ["repository", "homepage"].map((name) => `${name} = ${JSON.stringify(addresses[name])}`);
    lines.splice(after, 0, ...own);
  }
  return head + lines.join("\n") + rest;
}

const manifests = [
  ["js/package.json", npmManifest("js")],
  ["demo/emulator/npm/package.json", npmManifest("demo/emulator/npm")],
  ["crate/Cargo.toml", crateManifest],
  ["crate/arithmetic/Cargo.toml", crateManifest],
];

/** The version of each manifest. */
export function versionsOf(root) {
  const textOf = (name) => readFileSync(join(root, name), "utf8");
  const pattern = /^\s*"?version"?\s*[:=]\s*"([^"]+)"/m;
  return Object.fromEntries(manifests.map(([name]) => [name, pattern.exec(textOf(name))?.[1]]));
}

/** Writes the addresses into the manifests, or removes them. @returns the manifests that changed */
export function fillManifests(root, { write }) {
  const addresses = addressesOf(root);
  return manifests.flatMap(([name, filled]) => {
    const path = join(root, name);
    const text = readFileSync(path, "utf8");
    const wanted = filled(text, addresses);
    if (text === wanted) return [];
    if (write) writeFileSync(path, wanted);
    return [name];
  });
}
