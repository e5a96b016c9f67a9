import type { ModuleName } from "./modules.js";

/** The hash of each module in the form of Subresource Integrity, `sha384-…`. The build writes this file. */
export const integrity: Readonly<Record<ModuleName, string>>;
