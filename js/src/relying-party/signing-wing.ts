// The file on demand of signatures. It names the handler for the reason that `handoff-wing.ts` has.
export { createHandler } from "./handler.js";
export { readSigningOptions } from "./options/signing-options.js";
export { openWing } from "./signing/wing.js";
