// Runs API Extractor on the published types of each entry of the package.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { plainName } from "./reference-pages.mjs";

/** The entries of the package with their own types: `honnin/slim` has those of `honnin`, and the modules are files. */
export function entriesOf(packageFolder) {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const types = new Map();
  for (const [path, target] of Object.entries(exports)) {
    if (target.types === undefined || [...types.values()].includes(target.types)) continue;
    if (target.default?.endsWith(".wasm")) continue;
    types.set(path.replace(/^\./, "honnin"), target.types);
  }
  return [...types].map(([name, file]) => ({
    name,
    file: join(packageFolder, file),
    slug: name.replace(/^honnin\//, "").replaceAll("/", "-"),
  }));
}

/** Messages that do not apply: the package has no release tags, and parameter names are written without a hyphen. */
const passedOver = new Set(["ae-missing-release-tag", "tsdoc-param-tag-missing-hyphen"]);

/** Members, which are indented, need no doc comment; exports do. */
const isMember = ({ messageId, sourceFileColumn }) => messageId === "ae-undocumented" && sourceFileColumn > 1;

/**
 * Generates the report and the model of an entry.
 *
 * @param made where they are made, before they are compared or copied
 * @returns both, what is wrong with the types, and what they use and this entry does not export
 */
export function extract(packageFolder, { name, file, slug }, made) {
  const folder = join(made, slug);
  mkdirSync(folder, { recursive: true });
  const model = join(folder, "model.api.json");
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: file,
      newlineKind: "lf",
      compiler: { overrideTsconfig: tsconfig(file) },
      apiReport: {
        enabled: true,
        reportFileName: `${slug}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, "temp"),
      },
      docModel: { enabled: true, apiJsonFilePath: model },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: "error" } },
        extractorMessageReporting: { default: { logLevel: "error", addToApiReportFile: false } },
        tsdocMessageReporting: { default: { logLevel: "error", addToApiReportFile: false } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, "package.json"),
  });
  const wrong = [];
  const unexported = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      const isProblem =
        message.logLevel === ExtractorLogLevel.Error || message.logLevel === ExtractorLogLevel.Warning;
      if (!isProblem || passedOver.has(message.messageId) || isMember(message)) return;
      if (message.category === "console") return;
      const said = `${name}: ${message.formatMessageWithLocation(packageFolder)}`;
      if (message.messageId === "ae-forgotten-export") unexported.push({ said, name: nameIn(message.text) });
      else wrong.push(said);
    },
  });
  return {
    wrong,
    unexported,
    report: readFileSync(join(folder, `${slug}.api.md`), "utf8"),
    model: JSON.parse(readFileSync(model, "utf8")),
  };
}

/** The name of the symbol that a message is about. */
const nameIn = (text) => plainName(/symbol "(\w+)"/.exec(text)[1]);

/** The names that an entry exports. */
const exportsOf = ({ members: [{ members }] }) => members.map(({ name }) => plainName(name));

/** Types that no entry exports, so users cannot name them. Values that a type is derived from, as in `typeof names`, need not be exported. */
export function unnameable(extracted) {
  const names = new Set(extracted.flatMap(({ model }) => exportsOf(model)));
  return extracted
    .flatMap(({ unexported }) => unexported)
    .filter(({ name }) => !names.has(name) && !/^[a-z]/.test(name))
    .map(({ said }) => said);
}

function tsconfig(file) {
  return {
    compilerOptions: {
      strict: true,
      module: "nodenext",
      moduleResolution: "nodenext",
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"],
      types: [],
      skipLibCheck: true,
    },
    files: [file],
  };
}
