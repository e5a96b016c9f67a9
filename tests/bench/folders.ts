import { join } from "node:path";
import { root } from "../support/paths.ts";

/** What only a run needs: bundles, inputs, modules. */
export const cache = join(root, ".cache", "bench");

/** The peers, which only this command installs. */
export const peers = join(root, "tests", "bench", "peers");

/** The modules of the package. */
export const dist = join(root, "js", "dist", "wasm");
