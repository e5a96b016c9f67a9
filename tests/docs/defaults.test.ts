// What doc comments and pages say of defaults is what the code does.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.ts";
import { native, places, readElsewhere, readers } from "./defaults/checks.ts";
import { defaultsIn, sourceOf } from "./defaults/code.ts";
import { pageStatements } from "./defaults/pages.ts";
import { type Statement, saidBy, statements } from "./defaults/statements.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");

const crateDefaults: Record<string, Record<string, unknown>> = JSON.parse(
  read("crate/tests/data/defaults.json"),
);

function nativeDefault(path: string): unknown {
  const [section = "", name = ""] = path.split(".");
  assert.ok(Object.hasOwn(crateDefaults[section] ?? {}, name), `crate/tests/data/defaults.json has ${path}`);
  return crateDefaults[section]?.[name];
}

/** Words that say that nothing is taken in place of the option. */
const nothing =
  /^(none|not checked|not sent|any policy|unknown, so|no routes|no evidence, and nothing required)\b/;

/** What the comment says of this value: `undefined` where it agrees. */
function disagreement(says: Statement["says"], actual: unknown, expression = ""): string | undefined {
  const empty =
    actual === undefined ||
    actual === null ||
    actual === false ||
    (Array.isArray(actual) && actual.length === 0);
  if ("words" in says) {
    if (nothing.test(says.words)) return empty && expression === "" ? undefined : "something";
    if (/^(the platform's\b|`fetch` of the platform\b)/.test(says.words))
      return expression.includes("globalThis.") ? undefined : expression;
    return "what no rule can tell from these words";
  }
  // An option that is a flag is false when it is left out.
  if (says.value === false) return empty ? undefined : String(actual);
  try {
    assert.deepEqual(actual, says.value);
    return undefined;
  } catch {
    return actual === undefined ? "nothing" : JSON.stringify(actual);
  }
}

/** Whether this source leaves `now` to `readNow` or `readClock` of js/src/time.ts, whose own default is checked. */
function asksTheClock(source: string): boolean {
  const [, imported = ""] = /import \{([^}]*)\} from "[./]+\/time\.js";/.exec(source) ?? [];
  const functions = imported.split(",").map((name) => name.trim());
  return [...source.matchAll(/\b(readNow|readClock)\((?:\w+\.)?now\)/g)].some(([, name = ""]) =>
    functions.includes(name),
  );
}

/** Whether this source reads the option. A flag has to be compared with `true`, so that anything else is `false`. */
function isRead(source: string, name: string, isFlag: boolean): boolean {
  if (!isFlag) return new RegExp(`\\b${name}\\b`).test(source);
  return new RegExp(`readFlag\\("(?:\\w+\\.)*${name}"|\\b${name} === true\\b`).test(source);
}

/** What is wrong with a statement. */
function check({ of, text, says }: Statement): string | undefined {
  const place = places[of];
  if (place !== undefined) {
    const [said, file, does] = place;
    if (!said.test("words" in says ? says.words : text)) return `the comment no longer says ${said}`;
    return does.test(sourceOf(file)) ? undefined : `${file} no longer does ${does}`;
  }
  const path = native[of];
  if (path !== undefined) {
    const other = disagreement(says, nativeDefault(path));
    return other === undefined ? undefined : `the crate has ${other}`;
  }
  const [owner = "", name = ""] = of.split(".");
  const reader = readElsewhere[of] ?? (readers[owner] === undefined ? undefined : [readers[owner], name]);
  if (reader === undefined) return "nobody knows how to check it: add it to tests/docs/defaults/checks.ts";
  const found = defaultsIn(...reader);
  if (found.length > 1)
    return `${reader[0]} has several: ${found.map(({ expression }) => expression).join(", ")}`;
  if ("words" in says && /^the clock\b/.test(says.words)) {
    if (found.length > 0) return `${reader[0]} has ${found[0]?.expression}`;
    return asksTheClock(sourceOf(reader[0])) ? undefined : `${reader[0]} does not ask js/src/time.ts for now`;
  }
  const none = found.length === 0 || JSON.stringify(found[0]?.value) === "[]";
  if (none && !isRead(sourceOf(reader[0]), reader[1], "value" in says && says.value === false))
    return `${reader[0]} does not read ${reader[1]}`;
  const other = disagreement(says, found[0]?.value, none ? "" : found[0]?.expression);
  return other === undefined ? undefined : `${reader[0]} has ${other}`;
}

const documented = statements();

test("every default in a doc comment is the code's", () => {
  const wrong = documented.flatMap((statement) => {
    const why = check(statement);
    return why === undefined ? [] : [`${statement.file}: ${statement.of}: ${statement.text}\n  but ${why}`];
  });
  assert.deepEqual(wrong, [], `\n${wrong.join("\n")}`);
});

test("no check is left of a default that is documented no longer", () => {
  const known = new Set(documented.map(({ of }) => of));
  const listed = [...Object.keys(places), ...Object.keys(native), ...Object.keys(readElsewhere)];
  assert.deepEqual(
    listed.filter((of) => !known.has(of)),
    [],
  );
});

test("a comment's value is read as it is meant", () => {
  const said = [
    ["Whole seconds. Default 60, at most 600.", { value: 60 }],
    ["Default 28,800 (8 hours).", { value: 28_800 }],
    ["Seconds. Default 0.5.", { value: 0.5 }],
    ["How many. Default 4,096 each.", { value: 4_096 }],
    ['Default `["ES256"]`, which is what the service uses.', { value: ["ES256"] }],
    ["Default `redirect`: the page shows it.", { value: "redirect" }],
    ["Default A128GCM, A256GCM.", { value: ["A128GCM", "A256GCM"] }],
    ["Default false: not confirmed.", { value: false }],
    ["Default: not checked.", { words: "not checked." }],
    ["Default none.", { words: "none" }],
  ] as const;
  for (const [text, says] of said) assert.deepEqual(saidBy(text), says, text);
});

test("a default that is another one, or that nobody can check, is found", () => {
  const file = "js/src/id-token/remote-keys.ts";
  const statement = (of: string, text: string): Statement => ({ file, of, text, says: saidBy(text) });
  assert.equal(check(statement("RemoteKeysOptions.coolDown", "Default 30.")), undefined);
  assert.match(check(statement("RemoteKeysOptions.coolDown", "Default 31.")) ?? "", /has 30$/);
  assert.equal(check(statement("RemoteKeysOptions.now", "Default: the clock.")), undefined);
  assert.match(check(statement("QrOptions.now", "Default: the clock.")) ?? "", /does not ask/);
  assert.match(check(statement("RetryOptions.attempts", "Default: the clock.")) ?? "", /has 4$/);
  assert.match(check(statement("CertificateLimits.signatures", "Default 61.")) ?? "", /the crate has 60$/);
  assert.match(check(statement("RetryOptions.attempts", "Default: none.")) ?? "", /something/);
  assert.match(
    check(statement("MemoryStoreOptions.maxEntries", "Default: plenty.")) ?? "",
    /no rule can tell/,
  );
  assert.match(check(statement("SomeOptions.thing", "Default 5.")) ?? "", /nobody knows how to check it/);
  assert.match(check(statement("emulatorAt", "@param name default: `other`")) ?? "", /no longer says/);
});

test("every default in a page or in the crate's documentation is the code's", () => {
  const folders = ["docs", "."];
  const pages = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md") && name !== "CHANGELOG.md")
      .map((name) => (folder === "." ? name : `${folder}/${name}`)),
  );
  const { wrong, unused } = pageStatements([...pages, "crate/README.md"]);
  assert.deepEqual(wrong, []);
  assert.deepEqual(unused, []);
});
