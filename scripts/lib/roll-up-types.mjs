// Puts the public types of an entry into one file of declarations.

import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { Failure } from "./process.mjs";

/** Messages that do not apply: the package has no release tags, and its reference is written by hand. */
const passedOver = new Set(["ae-missing-release-tag", "ae-forgotten-export", "ae-undocumented"]);

export function rollUp(packageFolder, entry, file) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: entry,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            ...{ strict: true, module: "nodenext", moduleResolution: "nodenext", target: "es2022" },
            ...{ lib: ["es2022"], types: ["node"], skipLibCheck: true },
          },
          files: [entry],
        },
      },
      apiReport: { enabled: false, reportFileName: "unused" },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: file },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, "package.json"),
  });
  const wrong = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      const isProblem =
        message.logLevel === ExtractorLogLevel.Error || message.logLevel === ExtractorLogLevel.Warning;
      if (!isProblem || passedOver.has(message.messageId) || message.category === "console") return;
      if (message.category === "TSDoc") return;
      wrong.push(message.formatMessageWithLocation(packageFolder));
    },
  });
  if (wrong.length > 0) throw new Failure(`The types of ${entry}:\n${wrong.join("\n")}`);
}
