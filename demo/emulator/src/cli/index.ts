export { surviveClosedPipes } from "./closed-pipe.js";
export type { Command, Invocation, Run } from "./command.js";
export { dispatch, type Output } from "./dispatch.js";
export { languageOfTerminal } from "./language.js";
export { readJsonFile } from "./read-file.js";
export type { Given } from "./read-flags.js";
export { readPublicKeys } from "./settings.js";
export { UsageError } from "./usage-error.js";
